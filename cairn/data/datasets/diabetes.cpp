// Diabetes: the table for regression; as noisy as life, nobody explains much more than half of it.
#include <cairn/data/datasets/tables.h>

namespace cairn {

extern const DatasetInfo diabetes_dataset;
const DatasetInfo diabetes_dataset = {
    .name = "diabetes",
    .title = "Diabetes",
    .description =
        "Patients by age, sex, body mass index, blood pressure and six blood values; the target is the progress of the disease a year later.",
    .licence = "free to use, cite the source",
    .citation = "Efron, Hastie, Johnstone, Tibshirani 2004: Least angle regression. Annals of Statistics 32(2)",
    .package = "",
    .system_folder = "",
    .files = {{"diabetes.csv", 21411, "d092bdca30004b84943ea3a48515657e93395ad52c12629f3addeb8e66f5f7e2", ""}},
    .splits = {"all"},
    .classes = {},
    .shape = "442 rows, 10 features, a number to predict",
    .load = load_table_dataset,
};

}  // namespace cairn
