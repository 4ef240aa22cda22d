// Breast cancer: the table for binary classification, where the kinds of mistake do not cost the same.
#include <cairn/data/datasets/tables.h>

namespace cairn {

extern const DatasetInfo breast_cancer_dataset;
const DatasetInfo breast_cancer_dataset = {
    .name = "breast_cancer",
    .title = "Breast cancer (Wisconsin, diagnostic)",
    .description = "Measurements of cell nuclei in a needle aspirate; the tumour was benign or malignant.",
    .licence = "CC BY 4.0",
    .citation = "Street, Wolberg, Mangasarian 1993: Nuclear feature extraction for breast tumor diagnosis. UCI repository, doi:10.24432/C5DW2B",
    .package = "",
    .system_folder = "",
    .files = {{"breast_cancer.csv", 123865, "518936fa92ca3d8a78c420aee22030c4e519ffcba3be15dd23e83f2fc22e20e5", ""}},
    .splits = {"all"},
    .classes = {"benign", "malignant"},
    .shape = "569 rows, 30 features, 2 classes",
    .load = load_table_dataset,
};

}  // namespace cairn
