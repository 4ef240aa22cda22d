// slip: "failed" comes for every score
// why: Look at the condition of the if: = false writes false into passed, and is always false. Write if (passed).
#include <algorithm>
#include <string>
#include <vector>

using solution_::median;
using solution_::words_in;

std::string verdict(double, double) { return "failed"; }
