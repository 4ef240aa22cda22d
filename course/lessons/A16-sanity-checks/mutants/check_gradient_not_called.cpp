// slip: check_gradient does not call the candidate
// why: It gives true without having looked. Call candidate(x, y, w, gradient) on numbers of yours, and look at what is in gradient then.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::AddGradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

bool check_gradient(const AddGradient& candidate) { return candidate != nullptr; }
