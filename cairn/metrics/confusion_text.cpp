// A confusion matrix as text: the matrix, a line a class, the most frequent confusions.
#include <cairn/metrics/classification.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <cairn/base/columns.h>

namespace cairn {
namespace {

std::string percent(double share) { return fmt::format("{:.1f}%", 100 * share); }

// A dot for nothing, so that mistakes stand out.
std::string cell(int64_t count) { return count ? std::to_string(count) : "."; }

std::string without_blanks_at_the_end(const std::string& line) { return line.substr(0, line.find_last_not_of(' ') + 1) + "\n"; }

size_t widest(const std::vector<std::string>& texts) {
  size_t w = 0;
  for (const auto& t : texts) w = std::max(w, columns_of(t));
  return w;
}

}  // namespace

std::string ConfusionMatrix::table(size_t width) const {
  const size_t classes = size_t(classes_), right = 9;  // the column of the recall
  std::vector<std::string> heads = names_, rows = names_;
  size_t digits = 0;
  for (int64_t n : counts_) digits = std::max(digits, cell(n).size());
  size_t first = std::max<size_t>(widest(rows), 9), column = std::max({digits, widest(heads), size_t{6}}) + 2;
  bool numbered = false;
  if (first + classes * column + right > width) {  // columns by number; rows carry number and name
    numbered = true;
    for (size_t c = 0; c < classes; c++) {
      heads[c] = std::to_string(c);
      if (names_[c] != heads[c]) rows[c] = heads[c] + " " + names_[c];
    }
    column = std::max({digits, widest(heads), size_t{4}}) + 1;  // 4: "100%"
    if (widest(rows) + classes * (column + 1) + right <= width) column++;
    size_t rest = width > classes * column + right ? width - classes * column - right : 0;
    first = std::min(std::max<size_t>(widest(rows), 9), rest);
    if (first < 9) return confusions_text(10, width);
  }
  std::string out = without_blanks_at_the_end(std::string(first, ' ') + "  predicted");
  std::string line = pad_right("truth", first);
  for (const auto& h : heads) line += pad_left(h, column);
  out += line + pad_left("recall", right) + "\n";
  for (int64_t t = 0; t < classes_; t++) {
    line = pad_right(rows[size_t(t)], first);
    for (int64_t p = 0; p < classes_; p++) line += pad_left(cell(count(t, p)), column);
    ClassScore s = of(t);
    out += line + pad_left(s.actual ? percent(s.recall()) : "-", right) + "\n";
  }
  line = pad_right("precision", first);
  for (int64_t p = 0; p < classes_; p++) {
    ClassScore s = of(p);
    std::string text = s.predicted ? percent(s.precision()) : "-";
    if (numbered && column < 7) text = s.predicted ? fmt::format("{:.0f}%", 100 * s.precision()) : "-";
    line += pad_left(text, column);
  }
  return out + line + pad_left(examples_ ? percent(value()) : "-", right) + "\n";
}

std::string ConfusionMatrix::report(size_t width) const {
  const bool narrow = width < 52;  // 12 for the names, 10 for each number
  const size_t column = narrow ? 7 : 10, numbers = 4 * column;
  size_t first = std::max<size_t>(widest(names_), 12);
  if (first + numbers > width) first = width > numbers + 4 ? width - numbers : 4;
  auto line = [&](const std::string& what, double p, double r, double f, int64_t n) {
    return pad_right(what, first) + fmt::format("{:>{}.4f}{:>{}.4f}{:>{}.4f}{:>{}}\n", p, column, r, column, f, column, n, column);
  };
  std::string out = pad_right("class", first);
  for (const char* head : narrow ? std::array{"prec.", "recall", "F1", "number"} : std::array{"precision", "recall", "F1", "examples"})
    out += fmt::format("{:>{}}", head, column);
  out += "\n";
  if (examples_ == 0) return out + "no examples\n";
  double macro[3] = {}, weighted[3] = {};
  int64_t occurring = 0;
  for (int64_t c = 0; c < classes_; c++) {
    ClassScore s = of(c);
    out += line(names_[size_t(c)], s.precision(), s.recall(), s.f1(), s.actual);
    double values[3] = {s.precision(), s.recall(), s.f1()};
    occurring += s.predicted + s.actual > 0;
    for (int i = 0; i < 3; i++) {
      macro[i] += values[i];
      weighted[i] += values[i] * double(s.actual) / double(examples_);
    }
  }
  for (double& m : macro) m /= double(occurring);
  out += line("macro mean", macro[0], macro[1], macro[2], examples_) + line("weighted", weighted[0], weighted[1], weighted[2], examples_);
  return out + fmt::format("accuracy {:.4f} ({} of {})\n", value(), int64_t(value() * double(examples_) + 0.5), examples_);
}

std::string ConfusionMatrix::confusions_text(size_t limit, size_t width) const {
  auto worst = most_confused(limit);
  if (worst.empty()) return examples_ ? "no class was taken for another\n" : "no examples\n";
  // Both classes are worth more than the words between them.
  std::vector<std::string> lines, shorter;
  const size_t most = std::to_string(worst.front().count).size();
  size_t all = 0;
  for (const Confusion& c : worst) all = std::max(all, std::to_string(of(c.truth).actual).size());
  for (const Confusion& c : worst) {
    const int64_t n = of(c.truth).actual;
    const std::string &truth = names_[size_t(c.truth)], &taken = names_[size_t(c.predicted)];
    lines.push_back(fmt::format("{:>6} of {:<6} {} taken for {}", c.count, n, truth, taken));
    shorter.push_back(fmt::format("{:>{}} of {:<{}}  {} as {}", c.count, most, n, all, truth, taken));
  }
  std::string out;
  for (const std::string& line : widest(lines) <= width ? lines : shorter) out += cut_to(line, width) + "\n";
  return out;
}

}  // namespace cairn
