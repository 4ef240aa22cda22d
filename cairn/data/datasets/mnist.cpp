// MNIST: handwritten digits, the "hello world" of the field.
#include <cairn/data/datasets/idx_pictures.h>

namespace cairn {

extern const DatasetInfo mnist_dataset;
const DatasetInfo mnist_dataset = {
    .name = "mnist",
    .title = "MNIST",
    .description = "Handwritten digits of some 500 writers, grey, centred, 28 x 28, in 10 classes.",
    .licence = "CC BY-SA 3.0",
    .citation = "LeCun, Bottou, Bengio, Haffner 1998: Gradient-based learning applied to document recognition. Proceedings of the IEEE 86(11)",
    .package = "",
    .system_folder = "",
    .files = {{"train-images-idx3-ubyte.gz", 47040016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
               "https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz"},
              {"train-labels-idx1-ubyte.gz", 60008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
               "https://ossci-datasets.s3.amazonaws.com/mnist/train-labels-idx1-ubyte.gz"},
              {"t10k-images-idx3-ubyte.gz", 7840016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
               "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-images-idx3-ubyte.gz"},
              {"t10k-labels-idx1-ubyte.gz", 10008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
               "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-labels-idx1-ubyte.gz"}},
    .splits = {"train", "test"},
    .classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
    .shape = "60,000 + 10,000 pictures, 1 x 28 x 28, u8",
    .load = load_idx_pictures,
};

}  // namespace cairn
