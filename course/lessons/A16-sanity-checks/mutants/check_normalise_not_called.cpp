// slip: check_normalise does not call the candidate
// why: It gives true without having looked. Call candidate(table, columns) on a table of yours, and look at what comes back.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_step;
using solution_::normalise;
using solution_::Normalise;
using solution_::sgd_step;

bool check_normalise(const Normalise& candidate) { return candidate != nullptr; }
