#include <course/machinery/judge/judge.h>

#include <cmath>

namespace {

struct Matrix {
  size_t rows, columns;
  std::vector<double> a;
};

std::string matrix_text(const Matrix& m) { return judge::matrix_text(int64_t(m.rows), int64_t(m.columns), m.a); }

// Turned by the mirror I - 2 n n^T / n^T n from the left: singular values stay as they are.
void mirror_rows(Matrix& m, const std::vector<double>& n) {
  double nn = 0;
  for (const double e : n) nn += e * e;
  for (size_t j = 0; j < m.columns; j++) {
    double s = 0;
    for (size_t i = 0; i < m.rows; i++) s += n[i] * m.a[i * m.columns + j];
    for (size_t i = 0; i < m.rows; i++) m.a[i * m.columns + j] -= 2 * s / nn * n[i];
  }
}
Matrix transposed(const Matrix& m) {
  Matrix t{m.columns, m.rows, std::vector<double>(m.a.size())};
  for (size_t i = 0; i < m.rows; i++)
    for (size_t j = 0; j < m.columns; j++) t.a[j * m.rows + i] = m.a[i * m.columns + j];
  return t;
}

// A matrix with these singular values and directions of any kind.
Matrix with_values(judge::Draw& d, size_t rows, size_t columns, const std::vector<double>& values) {
  Matrix m{rows, columns, std::vector<double>(rows * columns, 0.0)};
  for (size_t k = 0; k < std::min(rows, columns); k++) m.a[k * columns + k] = values[k];
  const auto direction = [&](size_t n) {
    std::vector<double> v = d.numbers(int64_t(n), -1, 1);
    v[0] += v[0] < 0 ? -0.5 : 0.5;
    return v;
  };
  if (rows > 1) mirror_rows(m, direction(rows));
  m = transposed(m);
  if (columns > 1) mirror_rows(m, direction(columns));
  return transposed(m);
}

struct Found {
  double sigma = 0, left = 0, right = 0;  // lengths
  std::vector<double> product;            // u v^T: the same when both signs are turned
  bool shaped = false;
};

Found found(const Answer& a, const Matrix& m) {
  const auto t = a.power_iteration(m.a, m.rows, m.columns);
  Found f;
  f.sigma = t[0][0];
  f.shaped = t[1].size() == m.rows && t[2].size() == m.columns;
  for (const double e : t[1]) f.left += e * e;
  for (const double e : t[2]) f.right += e * e;
  f.left = std::sqrt(f.left), f.right = std::sqrt(f.right);
  for (const double u : t[1])
    for (const double v : t[2]) f.product.push_back(u * v);
  return f;
}

// sigma and left come from A right, but A^T left is another direction than right.
bool unsettled(const Matrix& m, double sigma, const std::vector<double>& left, const std::vector<double>& right) {
  std::vector<double> image(m.rows, 0.0), back(m.columns, 0.0);
  for (size_t i = 0; i < m.rows; i++)
    for (size_t j = 0; j < m.columns; j++) image[i] += m.a[i * m.columns + j] * right[j], back[j] += m.a[i * m.columns + j] * left[i];
  double gap = 0, turn = 0;
  for (size_t i = 0; i < m.rows; i++) gap += std::abs(image[i] - sigma * left[i]);
  for (size_t j = 0; j < m.columns; j++) turn += std::abs(back[j] - sigma * right[j]);
  return sigma > 0 && gap < 1e-6 * sigma && turn > 1e-5 * sigma;
}

void note_all(const Answer& a, const Matrix& m, judge::Output& o) {
  const auto t = a.power_iteration(m.a, m.rows, m.columns);
  const Found f = found(a, m);
  // Where left belongs to right, but right is no direction that stays, what it is depends on the start: only that it is so.
  if (f.shaped && unsettled(m, f.sigma, t[1], t[2])) {
    o("A^T left lies along right", false);
    return;
  }
  o("A^T left lies along right", true);
  o("sigma", f.sigma);
  o("numbers in left", t[1].size());
  o("numbers in right", t[2].size());
  o("length of left", f.left);
  o("length of right", f.right);
  o("left times right, for each row and column", int64_t(m.rows), int64_t(m.columns), f.product);
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  // Which wrong length comes out depends on the start, which is everybody's own: only which of them are wrong.
  c.property<Matrix>("both directions have length 1")
      .also({{1, 3, {1, 2, 2}}, {2, 2, {3, 1, 1, 2}}, {2, 3, {1, 2, 3, 2, 4, 7}}, {3, 2, {1, 4, 2, -1, 2, 2}}, {3, 3, {4, 1, 0, 1, 3, 1, 0, 1, 2}}})
      .show(matrix_text)
      .run([](const Answer& a, const Matrix& m, judge::Output& o) {
        const auto t = a.power_iteration(m.a, m.rows, m.columns);
        const Found f = found(a, m);
        o("numbers in left", t[1].size());
        o("numbers in right", t[2].size());
        o("left has length 1", std::abs(f.left - 1) < 1e-6);
        o("right has length 1", std::abs(f.right - 1) < 1e-6);
        o("sigma is 0", f.sigma == 0);
        o("sigma is a number", std::isfinite(f.sigma));
      })
      .read("The maths");
  c.property<Matrix>("matrices with one large singular value")
      .also({{1, 1, {3}},
             {1, 1, {-2}},
             {1, 3, {1, 2, 2}},
             {2, 1, {3, -4}},
             {2, 2, {0, 2, 0, 0}},
             {2, 3, {1, 2, 3, 2, 4, 7}},
             {2, 3, {3, 1, 0, 0, 2, 0}},
             {2, 2, {3, 1, 1, 2}},
             {2, 2, {3e-6, 1e-6, 0, 2e-6}}})
      .draw([](judge::Draw& d) {
        const auto rows = size_t(d.integer(1, 2 + d.size / 4)), columns = size_t(d.integer(1, 2 + d.size / 4));
        const double most = d.number(0.5, 9);
        std::vector<double> values = {most};
        while (values.size() < 9) values.push_back(values.back() * d.number(0.1, 0.4));
        return with_values(d, rows, columns, values);
      })
      .show(matrix_text)
      .run(note_all)
      .tolerance(1e-5, 1e-5)
      .read("The maths");
  // What rounding makes of a start at a right angle is no one's slip: only whether the largest value was found.
  c.property<Matrix>("top directions at a right angle to a likely start")
      .also({{2, 2, {1, 0, 0, 3}}, {2, 2, {3, -3, 1, 1}}, {3, 2, {6, 0, 0, 5, 0, 5}}})
      .draw([](judge::Draw& d) {
        const auto k = double(d.integer(1, 9));
        const int64_t kind = d.integer(0, 2);
        if (kind == 0) return Matrix{2, 2, {k, 0, 0, 3 * k}};
        if (kind == 1) return Matrix{2, 2, {3 * k, -3 * k, k, k}};
        return Matrix{3, 2, {6 * k, 0, 0, 5 * k, 0, -5 * k}};
      })
      .show(matrix_text)
      .run([](const Answer& a, const Matrix& m, judge::Output& o) { o("sigma", found(a, m).sigma); })
      .times(20)
      .tolerance(3e-2, 1e-5)  // how exact it is, is asked elsewhere
      .read("What goes wrong in practice");
  // How far a count of steps gets depends on the count: only whether it got there.
  c.property<Matrix>("two singular values close together")
      .draw([](judge::Draw& d) {
        const double most = d.number(1, 3);
        return with_values(d, 3, size_t(d.integer(2, 3)), {most, 0.995 * most, 0.1});
      })
      .show(matrix_text)
      .run([](const Answer& a, const Matrix& m, judge::Output& o) {
        double all = 0;
        for (size_t i = 0; i < m.a.size(); i++) all += m.a[i] * m.a[i];
        const double most = std::sqrt((all - 0.01 * (m.columns > 2)) / (1 + 0.995 * 0.995));
        // A start may lie near the right direction by luck: turned matrices have it elsewhere.
        bool right = true;
        for (int turn = 0; turn < 4; turn++) {
          Matrix t = transposed(m);
          if (turn > 0)
            mirror_rows(t, turn == 1 ? std::vector<double>{1, 2, -1} : turn == 2 ? std::vector<double>{2, -1, 1} : std::vector<double>{1, -3, 2});
          const Found f = found(a, transposed(t));
          right = right && std::abs(f.sigma - most) < 1e-5 * most && std::isfinite(f.left) && std::isfinite(f.right);
        }
        o("sigma is right to five digits, here and for three matrices turned round", right);
      })
      .times(12)
      .read("What goes wrong in practice");
  c.property<Matrix>("two singular values that are equal")
      .also({{2, 2, {1, 0, 0, 1}}, {2, 2, {0, 2, 2, 0}}, {3, 2, {0, 3, 3, 0, 0, 0}}})
      .draw([](judge::Draw& d) {
        const double most = d.number(0.5, 5);
        return with_values(d, 3, size_t(d.integer(2, 3)), {most, most, most / 5});
      })
      .show(matrix_text)
      .run([](const Answer& a, const Matrix& m, judge::Output& o) {
        const Found f = found(a, m);
        o("sigma", f.sigma);
        o("left and right have length 1", std::abs(f.left - 1) < 1e-6 && std::abs(f.right - 1) < 1e-6);
      })
      .times(15)
      .tolerance(1e-6, 1e-6)
      .read("The maths");
  c.property<Matrix>("a matrix of zeros")
      .also({{1, 1, {0}}, {2, 3, {0, 0, 0, 0, 0, 0}}, {3, 1, {0, 0, 0}}})
      .show(matrix_text)
      .run([](const Answer& a, const Matrix& m, judge::Output& o) {
        const Found f = found(a, m);
        o("sigma", f.sigma);
        o("left and right are numbers", std::isfinite(f.left) && std::isfinite(f.right));
      })
      .read("What goes wrong in practice");
}
