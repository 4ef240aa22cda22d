// W02: who may change what?
#include <stdexcept>
#include <string>
#include <vector>

// Changes v: entries below low become low, entries above high become high; all others stay. low is not above high.
void clip(std::vector<double>& v, double low, double high) {
  (void)v, (void)low, (void)high;  // remove this line, and write yours
}

// Returns a new vector with the entries of v, changed as clip would change them, and leaves v as it is.
std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  (void)v, (void)low, (void)high;
  return {};
}

// The longest of the words; the first of them when several are equally long. The result refers to the string in the vector; it is no copy.
// Without words: throw std::invalid_argument("no words").
const std::string& longest(const std::vector<std::string>& words) {
  static const std::string none;  // only so that the file compiles: remove all three lines
  (void)words;
  return none;
}

// Adds v to sum, entry by entry; where v is longer, sum grows by the entries of v that are left. sum and v may be one and the same vector.
void add_to(std::vector<double>& sum, const std::vector<double>& v) { (void)sum, (void)v; }
