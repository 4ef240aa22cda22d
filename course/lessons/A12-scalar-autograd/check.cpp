#include <course/machinery/judge/judge.h>

#include <cmath>
#include <limits>

namespace {

using Step = Answer::Step;

struct Program {
  std::vector<Step> steps;
  std::vector<int> results;  // backward is called on these, one after the other
};

const char* const letters = "abcdefghijklmnopqrstuvwxyz";
std::string name(int i) { return i < 26 ? std::string(1, letters[i]) : "v" + std::to_string(i); }

// The program as the learner would write it: "a = value(2), b = mul(a, a), backward(b)".
std::string shown(const Program& p) {
  std::string s;
  for (size_t i = 0; i < p.steps.size(); i++) {
    const Step& t = p.steps[i];
    s += (i ? ", " : "") + name(int(i)) + " = ";
    if (t.op == 'x') s += "value(" + judge::text(t.n) + ")";
    if (t.op == '+' || t.op == '*') s += std::string(t.op == '+' ? "add(" : "mul(") + name(t.a) + ", " + name(t.b) + ")";
    if (t.op == 'p') s += "power(" + name(t.a) + ", " + judge::text(t.n) + ")";
    if (t.op == 'r') s += "relu(" + name(t.a) + ")";
  }
  for (const int r : p.results) s += ", backward(" + name(r) + ")";
  return s;
}

std::vector<bool> reached(const Program& p, int result) {
  std::vector<bool> in(p.steps.size(), false);
  in[size_t(result)] = true;
  for (int i = result; i >= 0; i--) {
    const Step& t = p.steps[size_t(i)];
    if (!in[size_t(i)] || t.op == 'x') continue;
    in[size_t(t.a)] = true;
    if (t.op == '+' || t.op == '*') in[size_t(t.b)] = true;
  }
  return in;
}

void note_data(const Answer& a, const Program& p, judge::Output& o) {
  const auto all = a.run(p.steps, {});
  for (size_t i = 0; i < p.steps.size(); i++) o(name(int(i)) + "->data", all[0][i]);
}

std::string gradient_name(const Program& p, size_t k, size_t i) {
  return name(int(i)) + "->grad after backward(" + name(p.results[k]) + ")" + (k ? ", call " + std::to_string(k + 1) : "");
}

void note_gradients(const Answer& a, const Program& p, judge::Output& o) {
  const auto all = a.run(p.steps, p.results);
  for (size_t k = 0; k < p.results.size(); k++) {
    const std::vector<bool> in = reached(p, p.results[k]);
    for (size_t i = 0; i < p.steps.size(); i++)
      if (in[i]) o(gradient_name(p, k, i), all[k + 1][i]);
  }
}

Step input(double n) { return {'x', 0, 0, n}; }

// What the steps compute; nan from a relu at its corner on.
std::vector<double> values_of(const Program& p) {
  std::vector<double> v;
  for (const Step& t : p.steps) {
    if (t.op == 'x') v.push_back(t.n);
    if (t.op == '+') v.push_back(v[size_t(t.a)] + v[size_t(t.b)]);
    if (t.op == '*') v.push_back(v[size_t(t.a)] * v[size_t(t.b)]);
    if (t.op == 'p') v.push_back(std::pow(v[size_t(t.a)], t.n));
    if (t.op == 'r') v.push_back(v[size_t(t.a)] > 0 ? v[size_t(t.a)] : v[size_t(t.a)] < 0 ? 0 : std::numeric_limits<double>::quiet_NaN());
  }
  return v;
}

// Each gradient is the slope of the result by that number, be it computed: then it is made an input of the same size.
std::vector<judge::Slope<Program>> slopes(const Program& p) {
  std::vector<judge::Slope<Program>> list;
  for (size_t k = 0; k < p.results.size(); k++) {
    const std::vector<bool> in = reached(p, p.results[k]);
    const size_t result = size_t(p.results[k]);
    for (size_t i = 0; i < p.steps.size(); i++)
      if (in[i])
        list.push_back({gradient_name(p, k, i), name(int(result)), [result](const Program& q) { return values_of(q)[result]; },
                        [i](Program& q, judge::Numbers& at) {
                          q.steps[i] = input(values_of(q)[i]);
                          at(name(int(i)), q.steps[i].n);
                        }});
  }
  return list;
}

// Numbers that keep results of moderate size, so that no digits are lost.
double some(judge::Draw& d) { return d.size < 4 ? double(d.pick(std::vector<int64_t>{-3, -2, -1, 1, 2, 3})) : d.number(-1.8, 1.8); }

// A step that uses `a`, and for + and * also `b`, with a power of a number that is far enough from 0.
Step some_step(judge::Draw& d, int a, int b) {
  const char op = d.pick(std::vector<char>{'+', '*', '+', '*', 'r', 'p'});
  return {op, a, b, op == 'p' ? double(d.pick(std::vector<int64_t>{2, 3, 1})) : 0};
}

// `inputs` inputs, then steps that use what is there; the last one before takes part most of the time, so that the graph is deep.
Program some_graph(judge::Draw& d, int64_t inputs, int64_t steps) {
  Program p;
  for (int64_t i = 0; i < inputs; i++) p.steps.push_back(input(some(d)));
  for (int64_t i = 0; i < steps; i++) {
    const int last = int(p.steps.size()) - 1;
    p.steps.push_back(some_step(d, d.chance(0.7) ? last : int(d.integer(0, last)), int(d.integer(0, last))));
  }
  p.results = {int(p.steps.size()) - 1};
  return p;
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  const auto one_step = [](std::vector<Step> steps) {
    const int last = int(steps.size()) - 1;
    return Program{std::move(steps), {last}};
  };
  const auto property = [&](const char* what) { return c.property<Program>(what).show(shown); };

  const auto draw_add = [](judge::Draw& d) { return Program{{input(d.number()), input(d.number()), {'+', 0, 1, 0}}, {2}}; };
  const auto draw_mul = [](judge::Draw& d) { return Program{{input(d.number()), input(d.number()), {'*', 0, 1, 0}}, {2}}; };
  const auto draw_power = [](judge::Draw& d) {
    const double n = double(d.pick(std::vector<int64_t>{2, 3, -1, -2, 1, 4}));
    return Program{{input(d.number(0.5, 3) * (d.chance(0.5) ? 1 : -1)), {'p', 0, 0, n}}, {1}};
  };
  const auto draw_relu = [](judge::Draw& d) { return Program{{input(d.number()), {'r', 0, 0, 0}}, {1}}; };

  property("the number that add makes")
      .also({one_step({input(2), input(3), {'+', 0, 1, 0}})})
      .draw(draw_add)
      .run(note_data)
      .times(10)
      .read("By hand");
  property("the number that mul makes")
      .also({one_step({input(2), input(3), {'*', 0, 1, 0}})})
      .draw(draw_mul)
      .run(note_data)
      .times(10)
      .read("By hand");
  property("the number that power makes")
      .also({one_step({input(3), {'p', 0, 0, 2}}), one_step({input(4), {'p', 0, 0, 0.5}}), one_step({input(0), {'p', 0, 0, 2}})})
      .draw(draw_power)
      .run(note_data)
      .times(20)
      .read("The maths");
  property("the number that relu makes")
      .also({one_step({input(2), {'r', 0, 0, 0}}), one_step({input(-2), {'r', 0, 0, 0}}), one_step({input(0), {'r', 0, 0, 0}})})
      .draw(draw_relu)
      .run(note_data)
      .times(10)
      .read("The maths");
  property("the gradient of an input by itself")
      .also({one_step({input(5)})})
      .draw([](judge::Draw& d) {
        return Program{{input(d.number())}, {0}};
      })
      .run(note_gradients)
      .slopes(slopes)
      .times(5)
      .read("The maths");
  property("the gradient through one add")
      .also({one_step({input(2), input(3), {'+', 0, 1, 0}})})
      .draw(draw_add)
      .run(note_gradients)
      .slopes(slopes)
      .times(10)
      .read("The maths");
  property("the gradient through one mul")
      .also({one_step({input(2), input(3), {'*', 0, 1, 0}})})
      .draw(draw_mul)
      .run(note_gradients)
      .slopes(slopes)
      .times(10)
      .read("The maths");
  property("the gradient through one power")
      .also({one_step({input(3), {'p', 0, 0, 2}}), one_step({input(2), {'p', 0, 0, 3}}), one_step({input(4), {'p', 0, 0, 0.5}}),
             one_step({input(2), {'p', 0, 0, -1}}), one_step({input(0), {'p', 0, 0, 2}}), one_step({input(0), {'p', 0, 0, 1}})})
      .draw(draw_power)
      .run(note_gradients)
      .slopes(slopes)
      .times(20)
      .read("The maths");
  property("the gradient through one relu")
      .also({one_step({input(2), {'r', 0, 0, 0}}), one_step({input(-2), {'r', 0, 0, 0}}), one_step({input(0), {'r', 0, 0, 0}})})
      .draw(draw_relu)
      .run(note_gradients)
      .slopes(slopes)
      .times(10)
      .read("The maths");
  property("a chain: each result is used once")
      .also({one_step({input(2), input(3), input(4), {'*', 0, 1, 0}, {'*', 3, 2, 0}}), one_step({input(2), input(3), {'*', 0, 1, 0}, {'p', 2, 0, 2}}),
             one_step({input(2), input(-3), {'+', 0, 1, 0}, {'r', 2, 0, 0}}),
             one_step({input(2), input(1), input(5), {'*', 0, 2, 0}, {'+', 3, 1, 0}, {'r', 4, 0, 0}, {'p', 5, 0, 2}})})
      .draw([](judge::Draw& d) {
        Program p{{input(some(d))}, {}};
        int last = 0;
        for (int64_t i = 0, n = d.integer(2, 3 + d.size / 3); i < n; i++) {
          p.steps.push_back(input(some(d)));
          const bool swap = d.chance(0.5);
          const int fresh = int(p.steps.size()) - 1;
          p.steps.push_back(some_step(d, swap ? fresh : last, swap ? last : fresh));
          if (p.steps.back().op == 'r' || p.steps.back().op == 'p') p.steps.back().a = last;
          last = int(p.steps.size()) - 1;
        }
        p.results = {last};
        return p;
      })
      .run(note_gradients)
      .slopes(slopes)
      .tolerance(1e-9, 1e-9)
      .read("The maths");
  property("one input used twice")
      .also({one_step({input(3), {'+', 0, 0, 0}}), one_step({input(3), {'*', 0, 0, 0}}),
             one_step({input(2), input(5), {'*', 0, 1, 0}, {'+', 2, 0, 0}}), one_step({input(2), input(5), {'*', 0, 1, 0}, {'+', 0, 2, 0}}),
             one_step({input(-2), {'p', 0, 0, 2}, {'*', 0, 1, 0}})})
      .draw([](judge::Draw& d) {
        Program p{{input(some(d)), input(some(d))}, {4}};
        p.steps.push_back({d.chance(0.5) ? '+' : '*', 0, 1, 0});
        p.steps.push_back(some_step(d, 2, 1));
        p.steps.push_back({d.chance(0.5) ? '+' : '*', d.chance(0.5) ? 3 : 0, 0, 0});
        if (p.steps.back().a == 0) p.steps.back().b = 3;
        return p;
      })
      .run(note_gradients)
      .slopes(slopes)
      .tolerance(1e-9, 1e-9)
      .read("The maths");
  property("a diamond: a computed value that is used in two places")
      .also({one_step({input(3), {'p', 0, 0, 2}, {'+', 1, 1, 0}}), one_step({input(2), input(3), {'*', 0, 1, 0}, {'p', 2, 0, 2}, {'+', 2, 3, 0}}),
             one_step({input(2), input(3), {'*', 0, 1, 0}, {'p', 2, 0, 2}, {'+', 3, 2, 0}}),
             one_step({input(2), {'p', 0, 0, 2}, {'p', 1, 0, 2}, {'r', 2, 0, 0}, {'*', 1, 3, 0}}),
             one_step({input(2), {'p', 0, 0, 2}, {'p', 1, 0, 2}, {'r', 2, 0, 0}, {'*', 3, 1, 0}})})
      .draw([](judge::Draw& d) {
        Program p{{input(some(d)), input(some(d)), {'*', 0, 1, 0}, {'p', 2, 0, 2}}, {}};
        if (d.chance(0.5)) p.steps.push_back({'+', 3, 1, 0});
        const int last = int(p.steps.size()) - 1;
        p.steps.push_back(d.chance(0.5) ? Step{d.chance(0.5) ? '+' : '*', 2, last, 0} : Step{d.chance(0.5) ? '+' : '*', last, 2, 0});
        p.results = {last + 1};
        return p;
      })
      .run(note_gradients)
      .slopes(slopes)
      .tolerance(1e-9, 1e-9)
      .read("Predict, run, explain");
  property("any graph")
      .draw([](judge::Draw& d) { return some_graph(d, d.integer(1, 3), d.integer(2, 3 + d.size / 3)); })
      .run(note_gradients)
      .slopes(slopes)
      .tolerance(1e-9, 1e-9)
      .read("Predict, run, explain");
  property("backward called a second time")
      .also({{{input(3), {'p', 0, 0, 2}}, {1, 1}},
             {{input(2), input(3), {'*', 0, 1, 0}, {'p', 2, 0, 2}}, {3, 3}},
             {{input(2), input(3), {'*', 0, 1, 0}, {'p', 2, 0, 2}}, {3, 2}},
             {{input(2), input(3), {'*', 0, 1, 0}, {'p', 2, 0, 2}}, {2, 3}},
             {{input(2), input(3), {'*', 0, 1, 0}, {'p', 2, 0, 2}, {'+', 2, 0, 0}}, {3, 4, 3}}})
      .draw([](judge::Draw& d) {
        Program p = some_graph(d, d.integer(1, 2), d.integer(2, 2 + d.size / 4));
        const int last = p.results[0];
        p.results.push_back(d.chance(0.5) ? last : int(d.integer(last / 2, last)));
        if (d.chance(0.3)) p.results.push_back(last);
        return p;
      })
      .run(note_gradients)
      .slopes(slopes)
      .tolerance(1e-9, 1e-9)
      .read("What goes wrong in practice");
}
