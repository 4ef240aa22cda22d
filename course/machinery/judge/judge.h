// What a lesson's check.cpp is written with. A check draws inputs, runs an answer on them and notes what came out; the same is done with
// the solution, whose outputs are the expected ones, and with every mutant, so that a wrong answer is not only refused: when it gives what
// a mutant gives, its slip has a name. Nothing here looks at source text, and nothing here needs the engine.
//
//   static void check(judge::Check<Answer>& c) {
//     struct Table { int64_t rows, columns; std::vector<double> values; };
//     c.property<Table>("each column has mean 0")
//         .draw([](judge::Draw& d) { ... })                                      // one input, small when d.size is small
//         .also({{3, 1, {1, 1, 1}}})                                             // inputs that everybody gets: a constant column
//         .show([](const Table& t) { return judge::matrix_text(t.rows, t.columns, t.values); })
//         .run([](const Answer& a, const Table& t, judge::Output& o) { o("standardized", t.rows, t.columns, a.standardize(t.values, t.columns)); })
//         .read("The maths");
//   }
//
// Where an item is the gradient of a loss, `.slope_of(...)` says of which: the solution is then held to central differences of that loss, and
// the verdict on a wrong gradient says what they are.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace judge {

// Random inputs. The same seed draws the same ones.
class Draw {
 public:
  explicit Draw(uint64_t seed, int size) : size(size), state_(seed) {}
  int size;                                    // how large an input may be; it grows from 1 to 12, so that the first failure is a small one
  int64_t integer(int64_t low, int64_t high);  // both ends included
  double number();                             // small sizes: halves between -3 and 3; larger ones: of any kind, about -10 to 10
  double number(double low, double high);      // evenly spread
  double normal();                             // mean 0, deviation 1
  bool chance(double p);
  std::vector<double> numbers(int64_t n);                           // n of number()
  std::vector<double> numbers(int64_t n, double low, double high);  // n of number(low, high)
  std::vector<int64_t> integers(int64_t n, int64_t low, int64_t high);
  std::vector<int64_t> permutation(int64_t n);
  template <class T> T pick(const std::vector<T>& from) { return from[size_t(integer(0, int64_t(from.size()) - 1))]; }
 private:
  uint64_t bits();
  uint64_t state_;
};

// One thing that came out: numbers with a shape, or words.
struct Item {
  std::string name;
  int64_t rows = 0, columns = 0;  // of a matrix; a list has rows 1, a number 1 x 1
  std::vector<double> numbers = {};
  std::string words = {};
  enum Kind { number, list, matrix, text, truth } kind = number;
};

// What an answer gave for one input. Every value is noted under a name that the reader knows from the exercise.
class Output {
 public:
  void operator()(const std::string& name, double v);
  template <class I>
  requires std::is_integral_v<I> &&(!std::is_same_v<I, bool>)void operator()(const std::string& name, I v) { (*this)(name, double(v)); }
  template <class B>
  requires std::is_same_v<B, bool>
  void operator()(const std::string& name, B v) { truth(name, v); }
  void operator()(const std::string& name, const std::vector<double>& v);
  void operator()(const std::string& name, const std::vector<int64_t>& v);
  void operator()(const std::string& name, const std::vector<int>& v);
  void operator()(const std::string& name, int64_t rows, int64_t columns, const std::vector<double>& v);  // row by row
  void operator()(const std::string& name, const std::string& words);
  void operator()(const std::string& name, const char* words) { (*this)(name, std::string(words)); }
  std::vector<Item> items;
  std::string thrown;  // what() of an exception that left the answer, else ""
 private:
  void truth(const std::string& name, bool v);
};

// "throws" where the call throws any exception, "returns" where it does not: for contracts that ask for an error.
template <class F> std::string outcome(F&& call) {
  try {
    call();
  } catch (const std::exception&) { return "throws"; }
  return "returns";
}

// Values as text: at most about eight digits, lists cut after twelve.
std::string text(double v);
std::string text(const std::vector<double>& v);
std::string text(const std::vector<int64_t>& v);
std::string text(const std::vector<int>& v);
std::string matrix_text(int64_t rows, int64_t columns, const std::vector<double>& v);

// How far numbers may lie from the expected ones: absolute + relative * the largest expected magnitude of the item. Choose them from the
// number of operations, not by habit: N additions in float64 are off by about N * 1e-16 of the sum of magnitudes.
struct Tolerance {
  double relative = 1e-9, absolute = 1e-12;
};

// Numbers of an input, by which a loss is differentiated, under names that the reader knows: at("b", k.b), or at("w", k.w) for w[0], w[1], ...
class Numbers {
 public:
  void operator()(const std::string& name, double& v);
  void operator()(const std::string& name, std::vector<double>& v);
  std::vector<double*> at;
  std::vector<std::string> names;
};

// Says that an item is a gradient, and of what.
template <class Input> struct Slope {
  std::string item;
  std::string loss_name;  // as in "By central differences the loss grows by 2 per unit of w[1] there"
  // By the plainest of formulas, from the input alone: it calls neither an answer nor the solution. nan where there is no slope to speak of.
  std::function<double(const Input&)> loss;
  // Lists as many numbers of the input as the item has, in the same order. The input is a copy, which may be changed here.
  std::function<void(Input&, Numbers&)> numbers;
};

// The same, for any kind of input.
struct AnySlope {
  std::string item, loss_name;
  std::function<double(const void* input)> loss;
  std::function<void(void* input, Numbers&)> numbers;
  std::function<std::shared_ptr<void>(const void* input)> copy;
};

// One property, for any kind of answer and input: what the machinery works with.
struct AnyProperty {
  std::string name, section;
  Tolerance tolerance;
  int times = 60;
  std::function<std::shared_ptr<void>(Draw&)> draw;
  std::vector<std::shared_ptr<void>> also;
  std::function<std::string(const void* input)> show;
  std::function<void(const void* answer, const void* input, Output&)> run;
  std::vector<std::function<std::vector<AnySlope>(const void* input)>> slopes;  // which items are gradients
};

template <class Answer, class Input> class Property {
 public:
  explicit Property(AnyProperty& p) : p_(p) {}
  template <class F> Property& draw(F f) {
    p_.draw = [f](Draw& d) { return std::static_pointer_cast<void>(std::make_shared<Input>(f(d))); };
    return *this;
  }
  // Inputs that are tried first, whatever the seed: the edges of the contract. The smallest first.
  Property& also(const std::vector<Input>& inputs) {
    for (const Input& i : inputs) p_.also.push_back(std::make_shared<Input>(i));
    return *this;
  }
  // The input as the learner would write it: "x = 0.5, h = 0.1".
  template <class F> Property& show(F f) {
    p_.show = [f](const void* i) { return std::string(f(*static_cast<const Input*>(i))); };
    return *this;
  }
  // Calls the answer and notes what it gives. Where several results are right (a sign, an order), note what they share.
  template <class F> Property& run(F f) {
    p_.run = [f](const void* a, const void* i, Output& o) { f(*static_cast<const Answer*>(a), *static_cast<const Input*>(i), o); };
    return *this;
  }
  // The item is the gradient of the loss with respect to those numbers of the input:
  //   .slope_of("dw", "the sum of g * y", loss, [](Case& k, judge::Numbers& at) { at("w", k.w); })
  Property& slope_of(const std::string& item, const std::string& loss_name, std::function<double(const Input&)> loss,
                     std::function<void(Input&, Numbers&)> numbers) {
    const Slope<Input> slope{item, loss_name, std::move(loss), std::move(numbers)};
    return slopes([slope](const Input&) { return std::vector<Slope<Input>>{slope}; });
  }
  // The same where the input says which items there are: f gives the list of them.
  Property& slopes(std::function<std::vector<Slope<Input>>(const Input&)> f) {
    p_.slopes.push_back([f](const void* input) {
      std::vector<AnySlope> list;
      for (const Slope<Input>& s : f(*static_cast<const Input*>(input)))
        list.push_back({s.item, s.loss_name, [loss = s.loss](const void* i) { return loss(*static_cast<const Input*>(i)); },
                        [numbers = s.numbers](void* i, Numbers& at) { numbers(*static_cast<Input*>(i), at); },
                        [](const void* i) -> std::shared_ptr<void> { return std::make_shared<Input>(*static_cast<const Input*>(i)); }});
      return list;
    });
    return *this;
  }
  Property& tolerance(double relative, double absolute) {
    p_.tolerance = {relative, absolute};
    return *this;
  }
  Property& times(int n) {  // how many inputs are drawn
    p_.times = n;
    return *this;
  }
  Property& read(std::string section) {  // the heading of lesson.md to read again
    p_.section = std::move(section);
    return *this;
  }
 private:
  AnyProperty& p_;
};

// The properties of an exercise, in the order in which a learner should meet them: the first that fails is what the verdict speaks of.
template <class Answer> class Check {
 public:
  template <class Input> Property<Answer, Input> property(std::string name) {
    properties.push_back(std::make_unique<AnyProperty>());
    properties.back()->name = std::move(name);
    return Property<Answer, Input>(*properties.back());
  }
  std::vector<std::unique_ptr<AnyProperty>> properties;
};

// A mutant: a wrong answer with the name of its slip. The starter is one, too.
struct Slip {
  const char* file;  // "mutants/forgets_n.cpp"
  const char* name;  // "the mean's 1/N is missing"
  const char* why;   // one or two sentences to the learner
  const void* answer;
  bool keeps_state = false;  // `// state: ...` in the file: what a call gives depends on the calls before it
};

// What is judged: {"yours", &answer}, ended by {nullptr, nullptr}. The learner's translation unit defines the list.
extern "C" {
struct JudgeCandidate {
  const char* name;
  const void* answer;
};
extern const JudgeCandidate judge_candidates[];
}

// Why the solution's item is not the gradient of the loss; "" where it is. `compared` counts its numbers at which the loss has a slope.
std::string contradiction(const AnySlope& slope, const void* input, const Output& solution, int64_t& compared);
// By how much the loss changes at the number where a wrong gradient is farthest off, as a sentence; "" at a corner of the loss, and where
// rounding leaves too few digits.
std::string evidence(const AnySlope& slope, const void* input, const Item& expected, const Item& got);

// The program of a check: main() of the generated translation unit calls it. Arguments: --seed N, --out FD (where the verdicts are written,
// one JSON object a line); for the course's own tests --each (every candidate in a process of its own, --seconds N of processor time each),
// --quick (only whether it is right), --no-names (only whether, but on all inputs), --slips (the slips that keep no state are judged as well,
// under their files' names) and --skip NAME,NAME.
int judge_main(int argc, char** argv, const std::vector<std::unique_ptr<AnyProperty>>& properties, const void* solution,
               const std::vector<Slip>& slips);

}  // namespace judge
