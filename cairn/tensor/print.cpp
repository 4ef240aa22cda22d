// Printing as NumPy prints: aligned columns, brackets by axis, long axes summarised with "...".
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>

#include <cairn/tensor/tensor.h>

namespace cairn {

namespace {

PrintOptions options;

std::string formatted(const char* pattern, int precision, double v) {
  char text[512];
  std::snprintf(text, sizeof text, pattern, precision, v);
  return text;
}

// One way to write all shown elements of a floating tensor, so that their points stand below each other.
class FloatFormat {
 public:
  explicit FloatFormat(const std::vector<double>& shown) {
    double largest = 0, smallest = INFINITY;
    bool any = false;
    for (double v : shown)
      if (std::isfinite(v) && v != 0) {
        any = true;
        largest = std::max(largest, std::abs(v));
        smallest = std::min(smallest, std::abs(v));
      }
    scientific_ = any && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
    for (double v : shown) {
      if (!std::isfinite(v)) {
        special_ = std::max(special_, text_of(v).size());
        continue;
      }
      const std::string t = text_of(v);
      const size_t point = t.find('.'), end = scientific_ ? t.find('e') : t.size();
      left_ = std::max(left_, point);
      right_ = std::max(right_, end - point - 1);
    }
    if (special_ > left_ + right_ + 1) left_ = special_ - right_ - 1;
  }
  std::string operator()(double v) const {
    if (!std::isfinite(v)) {
      const std::string t = text_of(v);
      size_t width = left_ + right_ + 1;
      if (scientific_) width += 4;
      return std::string(width > t.size() ? width - t.size() : 0, ' ') + t;
    }
    std::string t = text_of(v), exponent;
    if (scientific_) {
      exponent = t.substr(t.find('e'));
      t.resize(t.find('e'));
    }
    const size_t point = t.find('.');
    const std::string padding(right_ - (t.size() - point - 1), scientific_ ? '0' : ' ');
    return std::string(left_ - point, ' ') + t + padding + exponent;
  }

 private:
  // "1.5", "2." or "1.25e+10": rounded to the precision, zeros at the end cut.
  std::string text_of(double v) const {
    if (std::isnan(v)) return "nan";
    if (std::isinf(v)) return v < 0 ? "-inf" : "inf";
    std::string t = formatted(scientific_ ? "%.*e" : "%.*f", options.precision, v), exponent;
    if (scientific_) {
      exponent = t.substr(t.find('e'));
      t.resize(t.find('e'));
    }
    if (t.find('.') == std::string::npos) t += '.';
    while (t.back() == '0') t.pop_back();
    return t + exponent;
  }
  bool scientific_ = false;
  size_t left_ = 1, right_ = 0, special_ = 0;
};

class Printer {
 public:
  explicit Printer(const Array& x) : x_(x), summarise_(x.numel() > options.threshold) {
    std::vector<double> shown;
    Shape index = Shape::filled(x.rank(), 0);
    collect(index, 0, shown);
    if (is_floating(x.dtype())) {
      const FloatFormat format(shown);
      for (double v : shown) words_.push_back(format(v));
    } else {
      size_t width = 0;
      for (std::string& w : words_) width = std::max(width, w.size());
      for (std::string& w : words_) w.insert(0, width - w.size(), ' ');
    }
  }
  std::string str() {
    if (x_.numel() == 0) return "[]";
    if (x_.rank() == 0) {
      std::string w = words_[0];
      return w.substr(std::min(w.find_first_not_of(' '), w.size()));
    }
    return level(0, " ", options.line_width);
  }

 private:
  bool cut(int axis) const { return summarise_ && x_.shape()[axis] > 2 * options.edge_items; }

  template <class F>
  void each_shown(int axis, F&& f) {                     // f(index), -1 for "..."
    const int64_t n = x_.shape()[axis];
    if (!cut(axis)) {
      for (int64_t i = 0; i < n; i++) f(i);
      return;
    }
    for (int64_t i = 0; i < options.edge_items; i++) f(i);
    f(-1);
    for (int64_t i = n - options.edge_items; i < n; i++) f(i);
  }

  void collect(Shape& index, int axis, std::vector<double>& shown) {
    if (x_.numel() == 0) return;
    if (axis == x_.rank()) {
      int64_t offset = 0;
      for (int i = 0; i < x_.rank(); i++) offset += index[i] * x_.strides()[i];
      visit(x_.dtype(), [&](auto tag) {
        using T = decltype(tag);
        const T v = x_.ptr<T>()[offset];
        if constexpr (std::is_same_v<T, bool>) words_.push_back(v ? "True" : "False");
        else if constexpr (std::is_integral_v<T>) words_.push_back(std::to_string(v));
        else shown.push_back(double(v));
      });
      return;
    }
    each_shown(axis, [&](int64_t i) {
      if (i < 0) return;
      index[axis] = i;
      collect(index, axis + 1, shown);
    });
  }

  // The text of one bracket; `indent` is what later lines start with, `width` what a line may take.
  std::string level(int axis, const std::string& indent, int width) {
    if (axis == x_.rank()) return words_[next_++];
    const bool last_axis = axis == x_.rank() - 1;
    std::string text, line = indent, gap(size_t(std::max(0, x_.rank() - axis - 1)), '\n');
    bool first = true;
    each_shown(axis, [&](int64_t i) {
      const std::string word = i < 0 ? "..." : level(axis + 1, indent + " ", width - 1);
      if (last_axis) {
        if (!first) line += " ";
        if (line.size() > indent.size() && int(line.size() + word.size()) > width - 1) {
          line.resize(line.find_last_not_of(' ') + 1);
          text += line + "\n";
          line = indent;
        }
        line += word;
      } else {
        text += (first ? "" : gap) + indent + word;
      }
      first = false;
    });
    if (last_axis) text += line;
    return "[" + text.substr(indent.size()) + "]";
  }

  const Array& x_;
  bool summarise_;
  std::vector<std::string> words_;
  size_t next_ = 0;
};

}  // namespace

void set_print_options(const PrintOptions& o) { options = o; }

std::string Tensor::str() const { return defined() ? Printer(array()).str() : "(undefined)"; }

std::ostream& operator<<(std::ostream& out, const Tensor& x) { return out << x.str(); }

}  // namespace cairn
