// The standardiser of A03, for one column of a table: fitted to `train`, applied to x.     train: n numbers     x, y: m numbers
#pragma once

#include "piece.h"

EXPORTED int piece_standardise(const double* train, std::size_t n, const double* x, std::size_t m, double* y) {
  return piece::guarded([&] {
    std::vector<std::vector<double>> before, now;
    for (std::size_t i = 0; i < n; i++) before.push_back({train[i]});
    for (std::size_t i = 0; i < m; i++) now.push_back({x[i]});
    yours::Standardizer s;
    piece::calls++;
    s.fit(before);
    piece::calls++;
    const std::vector<std::vector<double>> after = s.transform(now);
    if (after.size() != m) throw piece::WrongSize{"transform gave " + std::to_string(after.size()) + " rows for " + std::to_string(m) + " rows"};
    for (std::size_t i = 0; i < m; i++) y[i] = piece::sized(after[i], 1, "transform", "column")[0];
  });
}
