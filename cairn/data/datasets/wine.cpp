// Wine: features of very different scale, so that standardising them matters.
#include <cairn/data/datasets/tables.h>

namespace cairn {

extern const DatasetInfo wine_dataset;
const DatasetInfo wine_dataset = {
    .name = "wine",
    .title = "Wine",
    .description = "Chemical analysis of wines from three cultivars of one region of Italy.",
    .licence = "CC BY 4.0",
    .citation = "Forina et al. 1988: PARVUS, an extendible package for data exploration. UCI repository, doi:10.24432/C5PC7J",
    .package = "",
    .system_folder = "",
    .files = {{"wine.csv", 11288, "3ce67f610c87c7ad0ca5cd5c50b19fecfc80d0b21916b53a650c49610fd0ba89", ""}},
    .splits = {"all"},
    .classes = {"1", "2", "3"},
    .shape = "178 rows, 13 features, 3 classes",
    .load = load_table_dataset,
};

}  // namespace cairn
