// Digits: MNIST in small; a network learns it in a second.
#include <cairn/data/datasets/tables.h>

namespace cairn {

extern const DatasetInfo digits_dataset;
const DatasetInfo digits_dataset = {
    .name = "digits",
    .title = "Digits",
    .description = "Handwritten digits as 8 x 8 counts of pixels, each 0 to 16.",
    .licence = "CC BY 4.0",
    .citation = "Alpaydin, Kaynak 1998: Optical recognition of handwritten digits. UCI repository, doi:10.24432/C50P49",
    .package = "",
    .system_folder = "",
    .files = {{"digits.csv", 265358, "592cc047d0a1cc7fdef9fd724514209dcb45a80aa147dc3ab375e3e1a9a380f4", ""}},
    .splits = {"all"},
    .classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
    .shape = "1,797 rows, 64 features, 10 classes",
    .load = load_table_dataset,
};

}  // namespace cairn
