// Tables as recipes take them: a shipped one by name, or a CSV file of the user's.
#pragma once

#include <recipes/recipe.h>

namespace cairn {

// What the defaults of recipes for pictures and tables go by: the data is a table of the catalogue, or a file.
bool is_table(const std::string& data);
// Some hundred rows: small steps over ten epochs, as sixty thousand pictures want them, would end where they began.
Defaults table_defaults();

// A CSV file with commas; with semicolons or tabs where its header has only those. FileError, as load_csv, and for what is no file.
Table load_table(const std::string& path);
// A table of the catalogue by its name ("iris"), or a file. UsageError-like ConfigError with the nearest name when it is neither.
Table open_table(const std::string& data);
// The column to predict: `target` when it is given; the last column of a shipped table. ConfigError, listing the columns, otherwise.
std::string target_column(const std::string& data, const std::string& target, const Table& table);
// Train (with a validation share) and test of a table, and the recipe's model for it. Numbers are centred, and divided by their deviation unless
// they are to stay in their own unit, where one column weighs as much as it varies.
enum class Scale { deviations, own_units };
Setup table_setup(const std::string& data, const std::string& target, bool regression, Recipe& recipe, Scale scale = Scale::deviations);
Setup table_setup(const Table& table, const std::string& target, bool regression, Recipe& recipe, Scale scale = Scale::deviations);
Batch whole(const Dataset& data);            // all rows as one batch
Json data_digests(const std::string& data);  // Setup::checksums of a shipped table or a file

}  // namespace cairn
