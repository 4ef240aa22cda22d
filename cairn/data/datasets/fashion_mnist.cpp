// Fashion-MNIST: articles of clothing, the same layout as MNIST and harder. The first thing Cairn trains on, because Debian packages it.
#include <cairn/data/datasets/idx_pictures.h>

namespace cairn {

extern const DatasetInfo fashion_mnist_dataset;
const DatasetInfo fashion_mnist_dataset = {
    .name = "fashion-mnist",
    .title = "Fashion-MNIST",
    .description = "Grey pictures of Zalando's articles, 28 x 28, in 10 classes of equal size.",
    .licence = "MIT",
    .citation = "Xiao, Rasul, Vollgraf 2017: Fashion-MNIST, a novel image dataset for benchmarking machine learning algorithms. arXiv:1708.07747",
    .package = "dataset-fashion-mnist",
    .system_folder = "/usr/share/datasets/fashion-mnist",
    .files = {{"train-images-idx3-ubyte.gz", 47040016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
               "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz"},
              {"train-labels-idx1-ubyte.gz", 60008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
               "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-labels-idx1-ubyte.gz"},
              {"t10k-images-idx3-ubyte.gz", 7840016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
               "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/t10k-images-idx3-ubyte.gz"},
              {"t10k-labels-idx1-ubyte.gz", 10008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
               "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/t10k-labels-idx1-ubyte.gz"}},
    .splits = {"train", "test"},
    .classes = {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"},
    .shape = "60,000 + 10,000 pictures, 1 x 28 x 28, u8",
    .load = load_idx_pictures,
};

}  // namespace cairn
