// A13: what flows back through a product of matrices and through a broadcast.
#include <cstddef>
#include <vector>

// Forward was c[s] = a[s] b[s] for each s of a batch: a is [batch, n, k], b is [batch, k, m], c is [batch, n, m], each row by row, so element (s, i, p)
// of a is a[(s * n + i) * k + p]. b may also be a single matrix [k, m] that served the whole batch: b.size() tells (it is k * m then). dc is the gradient
// of c, in c's layout. ADDS the gradient of a to da and that of b to db, which are as large as a and b and hold what others have sent.
void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  (void)a, (void)b, (void)dc, (void)batch, (void)n, (void)k, (void)m, (void)da, (void)db;  // remove this line, and write yours
}

// Forward was: x of shape `from`, broadcast to shape `to` by the rules of A02. Shapes are aligned at the right; axes that `from` lacks, and those where
// it has 1, were repeated. {} is the shape of a single number. dy is the gradient of the large one. ADDS the gradient of x to dx.
void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)dy, (void)from, (void)to, (void)dx;
}
