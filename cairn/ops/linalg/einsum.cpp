// Einstein's summation: einsum("ij,jk->ik", {a, b}) is y_ik = sum_j a_ij b_jk.
//   a letter for each axis; letters that the output leaves out are summed; one that an operand has twice is its diagonal; `...` stands for any
//   number of axes, which broadcast. Without `->` the output has the ellipsis and then, in the alphabet's order, the letters that occur once.
// It is made of permute, reshape, matmul, mul and sum, operand after operand from the left; so its gradients are theirs. The order of the
// operands decides the work: put those first whose product is small.
#include <algorithm>
#include <map>

#include <cairn/base/text.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

// A letter by its character; axis i of the ellipsis, counted from its end, by first_of_ellipsis + i.
using Labels = std::vector<int>;
constexpr int first_of_ellipsis = 1000;

bool has(const Labels& labels, int label) { return std::find(labels.begin(), labels.end(), label) != labels.end(); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Equation {
  const std::string& text;
  const std::vector<Tensor>& operands;
  std::vector<Labels> inputs;
  Labels output;
  std::map<int, int64_t> sizes = {};

  [[noreturn]] void fail(const std::string& what, const std::string& hint) const {
    throw ConfigError("[einsum] " + what + " (\"" + printable(text, 100) + "\"). Hint: " + hint);
  }
  [[noreturn]] void fail_shapes(const std::string& what, const std::string& hint) const {
    std::string shapes;
    for (const Tensor& x : operands) shapes += (shapes.empty() ? "" : ", ") + x.shape().str();
    throw ShapeError("[einsum] " + what + " (\"" + printable(text, 100) + "\", operands " + shapes + "). Hint: " + hint);
  }

  // "ab..." with so many axes for the ellipsis.
  Labels labels(const std::string& part, int ellipsis) const {
    Labels list;
    for (size_t i = 0; i < part.size(); i++) {
      if (part[i] != '.') list.push_back(part[i]);
      else {
        for (int e = ellipsis; e-- > 0;) list.push_back(first_of_ellipsis + e);
        i += 2;
      }
    }
    return list;
  }

  // How many letters; whether it has an ellipsis.
  std::pair<int, bool> check(const std::string& part, const std::string& whose) const {
    int letters = 0;
    bool ellipsis = false;
    for (size_t i = 0; i < part.size(); i++) {
      if (is_letter(part[i])) letters++;
      else if (!ellipsis && part.compare(i, 3, "...") == 0) ellipsis = true, i += 2;
      else
        fail("'" + printable(part.substr(i, 1)) + "' in " + whose + " is neither a letter nor the one ellipsis",
             "axes are the letters a to z and A to Z, operands are separated by commas, and -> stands before the output.");
    }
    return {letters, ellipsis};
  }

  void parse() {
    std::string rest;
    for (char c : text)
      if (c != ' ') rest += c;
    const size_t arrow = rest.find("->");
    const std::string left = rest.substr(0, arrow);
    std::vector<std::string> parts(1);
    for (char c : left)
      if (c == ',') parts.emplace_back();
      else parts.back() += c;
    if (parts.size() != operands.size())
      fail("the equation names " + std::to_string(parts.size()) + " operands but " + std::to_string(operands.size()) + " were given",
           "a comma stands between operands: \"ij,jk->ik\" takes two.");
    int widest = 0;
    for (size_t k = 0; k < parts.size(); k++) {
      const auto [letters, ellipsis] = check(parts[k], "operand " + std::to_string(k));
      const int rank = operands[k].rank(), more = rank - letters;
      if (more < 0 || (more > 0 && !ellipsis))
        fail_shapes("operand " + std::to_string(k) + " has " + std::to_string(rank) + " axes but '" + parts[k] + "' names " + std::to_string(letters),
                    "one letter for each axis; ... stands for axes without a name.");
      inputs.push_back(labels(parts[k], more));
      widest = std::max(widest, ellipsis ? more : 0);
    }
    if (arrow == std::string::npos) {
      std::map<int, int> count;
      for (const Labels& in : inputs)
        for (int l : in) count[l]++;
      for (int e = widest; e-- > 0;) output.push_back(first_of_ellipsis + e);
      for (const auto& [label, times] : count)
        if (label < first_of_ellipsis && times == 1) output.push_back(label);
      return;
    }
    const std::string right = rest.substr(arrow + 2);
    check(right, "the output");
    output = labels(right, widest);
    for (size_t i = 0; i < output.size(); i++) {
      const std::string name = output[i] < first_of_ellipsis ? std::string("letter '") + char(output[i]) + "'" : std::string("an ellipsis");
      if (std::count(output.begin(), output.end(), output[i]) > 1)
        fail("the output has " + name + " twice", "each axis of the result has a letter of its own.");
      if (std::none_of(inputs.begin(), inputs.end(), [&](const Labels& in) { return has(in, output[i]); }))
        fail("the output has " + name + ", which no operand has", "letters of the output come from the operands.");
    }
  }

  void measure() {
    std::map<int, size_t> first;
    for (size_t k = 0; k < inputs.size(); k++)
      for (size_t i = 0; i < inputs[k].size(); i++) {
        const int label = inputs[k][i];
        const int64_t size = operands[k].shape()[int(i)];
        const auto [at, fresh] = sizes.emplace(label, size);
        if (fresh) first[label] = k;
        if (fresh || at->second == size) continue;
        if (label >= first_of_ellipsis) {
          if (size == 1) continue;
          if (at->second == 1) {
            at->second = size;
            continue;
          }
          fail_shapes("axis " + std::to_string(label - first_of_ellipsis + 1) + " of the ellipsis, from its end, is " + std::to_string(at->second) +
                          " in operand " + std::to_string(first[label]) + " but " + std::to_string(size) + " in operand " + std::to_string(k),
                      "axes of ... broadcast: sizes must be equal or 1.");
        }
        fail_shapes(std::string("letter '") + char(label) + "' is " + std::to_string(at->second) + " in operand " + std::to_string(first[label]) +
                        " but " + std::to_string(size) + " in operand " + std::to_string(k),
                    "the same letter stands for axes of one size; is an operand transposed?");
      }
  }
};

struct Term {
  Tensor x;
  Labels labels;
};

Term in_order(const Term& t, const Labels& labels) {
  std::vector<int> axes;
  for (int l : labels) axes.push_back(int(std::find(t.labels.begin(), t.labels.end(), l) - t.labels.begin()));
  return {t.labels == labels ? t.x : permute(t.x, axes), labels};
}

// A letter that stands twice: elements i n + i of the two axes taken as one.
Term diagonal(Term t) {
  for (size_t i = 0; i < t.labels.size(); i++) {
    const auto again = std::find(t.labels.begin() + int64_t(i) + 1, t.labels.end(), t.labels[i]);
    if (again == t.labels.end()) continue;
    const size_t j = size_t(again - t.labels.begin());
    std::vector<int> axes;
    Labels labels;
    Shape shape;
    for (size_t k = 0; k < t.labels.size(); k++)
      if (k != i && k != j) axes.push_back(int(k)), labels.push_back(t.labels[k]), shape.push_back(t.x.shape()[int(k)]);
    axes.push_back(int(i)), axes.push_back(int(j)), labels.push_back(t.labels[i]);
    const int64_t n = t.x.shape()[int(i)];
    shape.push_back(n * n);
    return diagonal({slice(reshape(permute(t.x, axes), shape), -1, {.step = n + 1}), labels});
  }
  return t;
}

Term summed(const Term& t, const Labels& wanted) {
  Axes axes;
  Labels left;
  for (size_t i = 0; i < t.labels.size(); i++)
    if (has(wanted, t.labels[i])) left.push_back(t.labels[i]);
    else axes.push_back(int(i));
  return axes.size() == 0 ? t : Term{sum(t.x, axes), left};
}

// The product of two terms, with the letters of `wanted` left.
Term contracted(const Equation& e, Term a, Term b, const Labels& wanted) {
  Labels both, together, only_a, only_b, from_a = wanted, from_b = wanted;
  from_a.insert(from_a.end(), b.labels.begin(), b.labels.end());
  from_b.insert(from_b.end(), a.labels.begin(), a.labels.end());
  a = summed(a, from_a), b = summed(b, from_b);
  for (int l : a.labels) (!has(b.labels, l) ? only_a : has(wanted, l) ? both : together).push_back(l);
  for (int l : b.labels)
    if (!has(a.labels, l)) only_b.push_back(l);
  Labels labels = both;
  labels.insert(labels.end(), only_a.begin(), only_a.end());
  labels.insert(labels.end(), only_b.begin(), only_b.end());
  if (labels.size() > size_t(Shape::max_rank))
    e.fail_shapes(
        "a product on the way has " + std::to_string(labels.size()) + " axes, more than the " + std::to_string(Shape::max_rank) + " of a tensor",
        "two products one after the other, with fewer operands each.");

  const auto sizes_of = [&](std::initializer_list<const Labels*> lists) {
    Shape shape;
    for (const Labels* list : lists)
      for (int l : *list) shape.push_back(e.sizes.at(l));
    return shape;
  };
  const auto joined = [](const Labels& x, const Labels& y, const Labels& z) {
    Labels all = x;
    all.insert(all.end(), y.begin(), y.end());
    all.insert(all.end(), z.begin(), z.end());
    return all;
  };
  const Shape shape = sizes_of({&labels});
  if (together.empty()) {  // nothing to sum: each with each
    Shape left = sizes_of({&both, &only_a}), right = sizes_of({&both});
    for (size_t i = 0; i < only_b.size(); i++) left.push_back(1);
    for (size_t i = 0; i < only_a.size(); i++) right.push_back(1);
    for (int l : only_b) right.push_back(e.sizes.at(l));
    return {mul(reshape(in_order(a, joined(both, only_a, {})).x, left), reshape(in_order(b, joined(both, only_b, {})).x, right)), labels};
  }
  const int64_t batch = sizes_of({&both}).numel(), rows = sizes_of({&only_a}).numel(), inner = sizes_of({&together}).numel(),
                columns = sizes_of({&only_b}).numel();
  const Tensor left = in_order(a, joined(both, only_a, together)).x, right = in_order(b, joined(both, together, only_b)).x;
  if (both.empty()) return {reshape(matmul(reshape(left, {rows, inner}), reshape(right, {inner, columns})), shape), labels};
  return {reshape(matmul(reshape(left, {batch, rows, inner}), reshape(right, {batch, inner, columns})), shape), labels};
}

}  // namespace

Tensor einsum(const std::string& equation, const std::vector<Tensor>& operands) {
  Equation e{equation, operands, {}, {}};
  if (operands.empty()) e.fail("there are no operands", "einsum(\"ij,jk->ik\", {a, b}) takes a list of tensors.");
  e.parse();
  e.measure();
  for (size_t k = 1; k < operands.size(); k++)
    if (operands[k].dtype() != operands[0].dtype())
      throw DtypeError("[einsum] operand 0 is " + std::string(name_of(operands[0].dtype())) + " but operand " + std::to_string(k) + " is " +
                       name_of(operands[k].dtype()) + ". Hint: cast one of them.");
  std::vector<Term> terms;
  for (size_t k = 0; k < operands.size(); k++) {
    Term t = diagonal({operands[k], e.inputs[k]});
    for (size_t i = t.labels.size(); i-- > 0;)  // an axis of the ellipsis that broadcasts is left out: the others have it
      if (t.labels[i] >= first_of_ellipsis && t.x.shape()[int(i)] == 1 && e.sizes.at(t.labels[i]) != 1) {
        t.x = squeeze(t.x, int(i));
        t.labels.erase(t.labels.begin() + int64_t(i));
      }
    terms.push_back(std::move(t));
  }
  Term y = terms[0];
  for (size_t k = 1; k < terms.size(); k++) {
    Labels wanted = e.output;
    for (size_t later = k + 1; later < terms.size(); later++) wanted.insert(wanted.end(), terms[later].labels.begin(), terms[later].labels.end());
    y = contracted(e, y, terms[k], wanted);
  }
  return in_order(summed(y, e.output), e.output).x;
}

}  // namespace cairn
