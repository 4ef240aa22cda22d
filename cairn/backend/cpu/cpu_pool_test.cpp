// The fast pooling against the reference: every loop (strides, paddings, borders, one window, adaptive, blocked by channels), every type of
// values and places, every instruction set of this machine.
#include <cmath>
#include <cstring>
#include <limits>

#include <cairn/backend/cpu/cpu_test_helpers.h>
#include <cairn/backend/cpu/pool_loops.h>
#include <cairn/tensor/layout.h>

namespace cairn::cpu {
namespace {

struct PoolCase {
  Shape x;
  Windows w;
  Size2 out;
};

PoolCase pooled(Shape x, Size2 kernel, Size2 stride, Size2 padding = 0, Size2 dilation = 1, bool up = false) {
  const auto along = [&](int axis) {
    const int64_t rest = x[2 + axis] + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1 + (up ? stride[axis] - 1 : 0);
    const int64_t count = rest / stride[axis] + 1;
    return up && (count - 1) * stride[axis] >= x[2 + axis] + padding[axis] ? count - 1 : count;
  };
  const Size2 out(along(0), along(1));
  return {x, {.kernel = kernel, .stride = stride, .padding = padding, .dilation = dilation}, out};
}
PoolCase adaptive(Shape x, Size2 out) {
  PoolCase c = {x, {}, out};
  c.w.adaptive = true;
  c.w.kernel = {x[2] / out.h + 2, x[3] / out.w + 2};
  return c;
}

std::vector<PoolCase> pool_cases(const std::vector<int64_t>& widths) {
  std::vector<PoolCase> list;
  for (const int64_t width : widths) {
    list.push_back(pooled({2, 3, 6, width}, 2, 2));
    list.push_back(pooled({2, 3, 7, width}, 3, 2, 1));
    list.push_back(pooled({1, 2, 7, width}, 3, 2));
    list.push_back(pooled({1, 2, 5, width}, 3, 1, 1));
    list.push_back(pooled({1, 3, 7, width}, 2, 2, 1, 1, true));
    list.push_back(pooled({1, 3, 7, width}, {3, 4}, {3, 2}, {0, 2}, 1, true));
    list.push_back(pooled({1, 3, 9, width}, 3, 3));
    list.push_back(pooled({1, 2, 8, width}, {2, 1}, {1, 3}));
  }
  list.push_back(pooled({1, 2, 9, 40}, 3, 2, 1, 2));
  list.push_back(pooled({1, 2, 9, 40}, {1, 3}, 1, {0, 1}, {1, 3}));
  list.push_back(pooled({1, 1, 1, 2}, {1, 2}, 1, {0, 1}, {1, 2}));  // windows without a place
  list.push_back(pooled({2, 3, 1, 700}, {1, 300}, {1, 2}, {0, 10}));
  list.push_back(pooled({3, 5, 4, 4}, 4, 4));
  list.push_back(pooled({2, 3, 7, 7}, 7, 7));
  list.push_back(pooled({2, 2, 20, 21}, {20, 21}, {20, 21}));
  list.push_back(adaptive({2, 3, 7, 9}, {3, 4}));
  list.push_back(adaptive({2, 3, 3, 4}, {5, 6}));
  list.push_back(pooled({0, 3, 4, 4}, 2, 2));
  list.push_back(pooled({300, 7, 8, 8}, 2, 2));  // enough for two threads
  // Windows that hang over the right edge, in planes with room enough behind them to be read in place.
  list.push_back(pooled({6, 9, 5, 7}, {2, 3}, {1, 3}, 0, 1, true));
  list.push_back(pooled({6, 9, 6, 8}, 3, 2, 0, 1, true));
  list.push_back(pooled({6, 9, 5, 9}, 2, 2, {1, 0}, 1, true));
  return list;
}

std::string name_of(const PoolCase& c, DType t) {
  return c.x.str() + " kernel " + Shape{c.w.kernel.h, c.w.kernel.w}.str() + " stride " + Shape{c.w.stride.h, c.w.stride.w}.str() + " " +
         cairn::name_of(t);
}

bool same_bytes(const Array& a, const Array& b) {
  return a.shape() == b.shape() && (a.numel() == 0 || std::memcmp(a.raw(), b.raw(), size_t(a.numel() * size_of(a.dtype()))) == 0);
}

// All five kernels on one case; `layout` says how the images lie for the fast ones.
void compare(const PoolCase& c, DType t, DType places, Layout layout, const Array& x, const std::string& what) {
  const Shape ys = {c.x[0], c.x[1], c.out.h, c.out.w};
  const bool pixel = c.out == Size2(1);
  const auto fresh = [&](const Shape& s, DType dtype) { return blocked_array(s, dtype, pixel && s == ys ? Layout::strided : layout); };
  const auto lying = [&](const Array& a) { return pixel && a.shape() == ys ? a : to_blocked(contiguous_copy(a), layout); };
  const Array dy = uniform(ys, t, 0.1, 1);  // of one sign, and so are averaged values: sums in which nothing cancels agree to a few roundings
  Array positive(c.x, t);
  reference().unary(Unary::abs, x, 0, 0, positive);
  Array y_want(ys, t), place_want(ys, places), dx_want(c.x, t), none;
  Array y = fresh(ys, t), place = fresh(ys, places), dx = fresh(c.x, t);
  const Array given = layout == Layout::strided ? x : lying(x);

  reference().max_pool(x, c.w, y_want, place_want);
  fast_backend().max_pool(given, c.w, y, place);
  expect_close(y, y_want, what + ": max");
  EXPECT_TRUE(same_bytes(place, place_want)) << what << ": places";
  Array alone = fresh(ys, t);
  fast_backend().max_pool(given, c.w, alone, none);
  expect_close(alone, y_want, what + ": max without places");

  reference().max_pool_grad(dy, place_want, c.w, dx_want);
  fast_backend().max_pool_grad(lying(dy), layout == Layout::strided ? place_want : lying(place_want), c.w, dx);
  expect_close(dx, dx_want, what + ": gradient of max");

  for (const bool count_padding : {true, false}) {
    if (c.w.dilation != Size2(1) || (c.w.adaptive && count_padding)) continue;
    Array mean_want(ys, t), mean = fresh(ys, t), dx_mean_want(c.x, t), dx_mean = fresh(c.x, t);
    reference().avg_pool(positive, c.w, count_padding, mean_want);
    fast_backend().avg_pool(layout == Layout::strided ? positive : lying(positive), c.w, count_padding, mean);
    expect_close(mean, mean_want, what + ": average");
    reference().avg_pool_grad(dy, c.w, count_padding, dx_mean_want);
    fast_backend().avg_pool_grad(lying(dy), c.w, count_padding, dx_mean);
    expect_close(dx_mean, dx_mean_want, what + ": gradient of average");
  }
}

TEST(CpuPool, agrees_with_the_reference_for_every_window_type_and_instruction_set) {
  for (const int64_t target : supported_targets()) {
    UseTarget use(target);
    for (const PoolCase& c : pool_cases({5, 8, 31, 32, 33, 70}))
      for (const DType t : {f32, bf16}) {
        const bool many = c.w.kernel.h * c.w.kernel.w > 256;
        compare(c, t, many ? i32 : u8, Layout::strided, uniform(c.x, t, -1, 1), name_of(c, t));
        if (!many) compare(c, t, i32, Layout::strided, uniform(c.x, t, -1, 1), name_of(c, t) + " i32");
      }
  }
}

TEST(CpuPool, of_blocked_images_agrees_with_the_reference_and_keeps_the_padding_lanes_zero) {
  for (const int64_t target : supported_targets()) {
    UseTarget use(target);
    for (const Layout layout : {Layout::nChw16c, Layout::nChw8c})
      for (PoolCase c : pool_cases({7}))
        for (const int64_t channels : {3, 20})
          for (const DType t : {f32, bf16}) {
            if (c.x[0] > 2) continue;
            c.x[1] = channels;
            const bool many = c.w.kernel.h * c.w.kernel.w > 256;
            compare(c, t, many ? i32 : u8, layout, uniform(c.x, t, -1, 1), name_of(c, t) + " " + cairn::name_of(layout));
          }
    const Array x = to_blocked(uniform({1, 3, 4, 4}, f32, -2, -1), Layout::nChw16c);
    Array y = blocked_array({1, 3, 2, 2}, f32, Layout::nChw16c), place = blocked_array({1, 3, 2, 2}, u8, Layout::nChw16c);
    Array dx = blocked_array({1, 3, 4, 4}, f32, Layout::nChw16c);
    const Windows w{.kernel = 2, .stride = 2};
    fast_backend().max_pool(x, w, y, place);
    fast_backend().max_pool_grad(y, place, w, dx);
    for (const Array& a : {y.lanes(), dx.lanes()})
      for (int64_t i = 0; i < a.numel(); i++) ASSERT_TRUE(i % 16 < 3 || a.ptr<float>()[i] == 0) << i;
  }
}

TEST(CpuPool, finds_the_first_of_equals_and_lets_nan_win) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
  for (const int64_t target : supported_targets()) {
    UseTarget use(target);
    for (const DType t : {f32, bf16})
      for (const PoolCase& c : {pooled({1, 2, 8, 36}, 2, 2), pooled({1, 2, 9, 35}, 3, 2, 1), pooled({1, 2, 5, 9}, {5, 9}, {5, 9}),
                                pooled({1, 2, 6, 40}, 3, 1, 1), pooled({1, 2, 9, 42}, 3, 3)}) {
        Array x(c.x, f32);
        const float values[] = {0, 1, 1, -inf, 2, -inf, -inf, -inf, nan, 2, inf, -1, inf, -inf, nan, nan, 3, 3, 3};
        for (int64_t i = 0; i < x.numel(); i++) x.ptr<float>()[i] = values[size_t(i * 7 + i / 19) % std::size(values)];
        if (c.w.kernel.h == 5) x.ptr<float>()[10] = nan;
        for (const Layout layout : {Layout::strided, Layout::nChw16c}) compare(c, t, u8, layout, cast(x, t), name_of(c, t) + " with NaN");
        Array low(c.x, f32);
        fast_backend().fill(low, -inf);
        compare(c, t, u8, Layout::strided, cast(low, t), name_of(c, t) + " of -infinity");
      }
  }
}

TEST(CpuPool, takes_images_of_any_strides) {
  const PoolCase c = pooled({2, 3, 6, 10}, 2, 2);
  for (const Array& x : layouts(c.x, f32)) compare(c, f32, u8, Layout::strided, x, "x " + x.strides().str());
}

// Results of 16 MiB and more leave past the caches, by way of tiles; here small ones do, too.
TEST(CpuPool, gives_the_same_bits_past_the_caches) {
  for (const int64_t target : supported_targets()) {
    UseTarget use(target);
    for (const PoolCase& c :
         {pooled({1, 3, 90, 75}, 2, 2), pooled({1, 3, 90, 75}, 3, 2, 1), pooled({1, 3, 90, 75}, 3, 1, 1), pooled({1, 3, 8, 5000}, 2, 2)})
      for (const DType t : {f32, bf16}) {
        PoolPlanes p{c.w, c.x[2], c.x[3], c.out.h, c.out.w, 3, t, false, true, false};
        const Shape ys = {1, 3, c.out.h, c.out.w};
        const Array x = uniform(c.x, t, -1, 1), dy = uniform(ys, t, -1, 1);
        std::vector<Array> results[2];
        for (const bool past_caches : {false, true}) {
          p.past_caches = past_caches;
          Array y(ys, t), place(ys, u8), mean(ys, t), dx(c.x, t), dx_mean(c.x, t);
          max_pool_planes(p, x.raw(), y.raw(), place.raw(), 0, 3);
          avg_pool_planes(p, x.raw(), mean.raw(), 0, 3);
          max_pool_grad_planes(p, dy.raw(), place.raw(), dx.raw(), 0, 3);
          avg_pool_grad_planes(p, dy.raw(), dx_mean.raw(), 0, 3);
          results[past_caches] = {y, place, mean, dx, dx_mean};
        }
        for (size_t i = 0; i < results[0].size(); i++) EXPECT_TRUE(same_bytes(results[0][i], results[1][i])) << name_of(c, t) << " result " << i;
      }
  }
}

}  // namespace
}  // namespace cairn::cpu
