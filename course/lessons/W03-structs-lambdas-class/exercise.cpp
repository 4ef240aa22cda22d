// W03: values that stay together with what is done to them.
#include <functional>
#include <memory>
#include <vector>

// Remembers what it needs for the mean of all values that were added since it was made, or since the last reset(). count() is how many they are.
// Before the first one, and right after reset(), the mean and the count are 0. Each object remembers for itself.
class RunningMean {
 public:
  void add(double x) {
    (void)x;  // remove this line, and write yours
  }
  double mean() const { return 0; }
  int count() const { return 0; }
  void reset() {}

 private:
  // write here what the object remembers between two calls
};

// Returns a function that counts: its first call gives start, the next start + 1, and so on. Each function that was returned counts for itself.
std::function<int()> counter(int start) {
  (void)start;
  return nullptr;
}

// A handle: copies of a Buffer share their numbers. Leave it as it is.
struct Buffer {
  std::shared_ptr<std::vector<double>> numbers;
};

// A Buffer with the same numbers, but in storage of its own: what is written into one does not show up in the other. You may rely on it that
// b.numbers leads to a vector.
Buffer clone(const Buffer& b) {
  (void)b;
  return {};
}
