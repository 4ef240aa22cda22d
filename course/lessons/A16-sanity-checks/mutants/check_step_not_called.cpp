// slip: check_step does not call the candidate
// why: It gives true without having looked. Call candidate(w, gradient, rate) on numbers of yours, and look at both vectors afterwards.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::normalise;
using solution_::sgd_step;
using solution_::Step;

bool check_step(const Step& candidate) { return candidate != nullptr; }
