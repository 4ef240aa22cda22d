// slip: the answer of check_normalise is turned round
// why: true means that the candidate is right. Yours says true to the version that the file came with and false to a right one: turn the comparison round.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using Normalise = std::function<std::vector<double>(const std::vector<double>& x, int columns)>;
using solution_::add_gradient;
using solution_::alike;
using solution_::check_gradient;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

bool check_normalise(const Normalise& candidate) { return !alike(candidate({2, 2, 2, 2, 7}, 1)[4], 2); }
