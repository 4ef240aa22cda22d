// Iris: the oldest table of the field, and a first look at classes that overlap.
#include <cairn/data/datasets/tables.h>

namespace cairn {

extern const DatasetInfo iris_dataset;
const DatasetInfo iris_dataset = {
    .name = "iris",
    .title = "Iris",
    .description = "Flowers of three species of iris, by the length and width of their sepals and petals in centimetres.",
    .licence = "CC BY 4.0",
    .citation = "Fisher 1936: The use of multiple measurements in taxonomic problems. Annals of Eugenics 7(2)",
    .package = "",
    .system_folder = "",
    .files = {{"iris.csv", 3870, "b6b8efc86732bc48c9fbddba53e2c191fd4f263c0ee98e2b1b7d3543e8d2121d", ""}},
    .splits = {"all"},
    .classes = {"setosa", "versicolor", "virginica"},
    .shape = "150 rows, 4 features, 3 classes",
    .load = load_table_dataset,
};

}  // namespace cairn
