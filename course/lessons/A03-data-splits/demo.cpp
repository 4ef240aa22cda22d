// cairn demo A03: the audit of a table, and what a split by rows or by groups says about it.
#include <course/machinery/figure.h>

#include <cairn/base/errors.h>
#include <cairn/plot/views.h>

#include <cstdio>
#include <set>

#include "tables.h"

namespace cairn::course {
namespace {

struct Audit : Demo {
  std::string table = "wine";
  double spread = 0.2;
  int patients = 60;

  void fields(Fields& f) override {
    f("table", table, "a shipped table, or a CSV file of yours");
    f("spread", spread, "how much two visits of a patient differ", between(0.0, 5.0));
    f("patients", patients, "how many patients come five times each", between(10, 200));
  }

  DemoResult run() override {
    const bool file = table.find('.') != std::string::npos;
    const Table t = file ? load_csv(table) : load_csv(find_data_file(dataset_named(table), dataset_named(table).files.at(0).name));
    plot::Table audit{.header = {"column", "missing", "different", "smallest", "mean", "largest"}};
    double missing = 0, widest = 0;
    std::set<std::vector<double>> rows;
    for (int64_t r = 0; r < t.rows(); r++) {
      std::vector<double> row;
      for (const Column& c : t.columns) row.push_back(std::isnan(c.values[size_t(r)]) ? -1e300 : c.values[size_t(r)]);
      rows.insert(row);
    }
    for (const Column& c : t.columns) {
      missing += double(c.missing());
      std::vector<double> there;
      for (const double v : c.values)
        if (std::isfinite(v)) there.push_back(v);
      std::sort(there.begin(), there.end());
      const std::set<double> different(there.begin(), there.end());
      std::vector<std::string> row = {c.name, std::to_string(c.missing()), std::to_string(different.size())};
      if (c.numeric && !there.empty()) {
        const double mean = std::accumulate(there.begin(), there.end(), 0.0) / double(there.size());
        row.insert(row.end(), {said("%.4g", there.front()), said("%.4g", mean), said("%.4g", there.back())});
        widest = std::max(widest, there.back() - there.front());
      }
      audit.rows.push_back(row);
    }
    const double twice = double(t.rows()) - double(rows.size());
    const double by_row = 100 * a03::score_visits(patients, spread, false), by_patient = 100 * a03::score_visits(patients, spread, true);
    char says[400];
    std::snprintf(
        says, sizeof says,
        "%s has %lld rows, %.0f of them twice, and %.0f missing values. Beside it, %d patients with coins for labels: a split by rows claims "
        "%.0f %% right answers, one by patients %.0f %%. The truth is 50 %%.",
        table.c_str(), static_cast<long long>(t.rows()), twice, missing, patients, by_row, by_patient);
    return {plot::Figure{.title = "The audit of " + table, .panels = {audit}},
            {{"rows", double(t.rows())},
             {"rows that occur twice", twice},
             {"missing values", missing},
             {"width of the widest column", widest},
             {"right by rows, in percent", by_row},
             {"right by patients, in percent", by_patient}},
            says};
  }
};

}  // namespace

extern const LessonDemo A03_demo;
const LessonDemo A03_demo = {"A03",
                             "the audit of a table, and a score that is too good",
                             [] { return std::unique_ptr<Demo>(new Audit); },
                             {{"table", "wine", "iris", "width of the widest column", 100},
                              {"spread", "0.1", "4", "right by rows, in percent", 20},
                              {"patients", "10", "60", "right by patients, in percent", 1}}};

}  // namespace cairn::course
