#include <bench/ceilings.h>

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <bench/clock.h>
#include <bench/stream.h>
#include <cairn/backend/backend.h>
#include <cairn/base/threads.h>
#include <cairn/tensor/array.h>

namespace cairn {

namespace {

// Another number of threads for a scope.
struct Threads {
  explicit Threads(int n) : before(num_threads()) { set_threads(n); }
  ~Threads() { set_threads(before); }
  int before;
};

// Keeps a result that nobody wants from being optimised away.
std::atomic<float> kept{0};

std::vector<int> cores_of_process() {
  cpu_set_t set;
  std::vector<int> cores;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    for (int c = 0; c < CPU_SETSIZE; c++)
      if (CPU_ISSET(c, &set)) cores.push_back(c);
  return cores;
}

void pin_to(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

// One side of the game: waits for `ball` to hold `mine + 2 i` and answers with the next number.
void play(std::atomic<int>& ball, int mine, int trips) {
  for (int i = 0; i < trips; i++) {
    while (ball.load(std::memory_order_acquire) != mine + 2 * i) {}
    ball.store(mine + 2 * i + 1, std::memory_order_release);
  }
}

}  // namespace

double fma_gflops(int threads, double budget) {
  const Threads scope(threads);
  constexpr int64_t rounds = 20000;
  int64_t flops = 0;
  const double seconds = best_seconds(
      [&] {
        std::atomic<int64_t> done{0};
        parallel_for(threads, 1, [&](int64_t begin, int64_t end) {
          float sink = 0;
          for (int64_t t = begin; t < end; t++) done += bench::multiply_add(rounds, &sink);
          kept.store(sink, std::memory_order_relaxed);
        });
        flops = done;
      },
      budget);
  return double(flops) / seconds * 1e-9;
}

double matmul_gflops(int threads, double budget) {
  const Threads scope(threads);
  constexpr int64_t n = 1024;
  Array a({n, n}), b({n, n}), y({n, n});
  Backend& fast = cpu_backend();
  fast.fill(a, 0.5);
  fast.fill(b, 0.25);
  return 2.0 * n * n * n / best_seconds([&] { fast.matmul(a, b, y); }, budget) * 1e-9;
}

double stream_gbs(Mix mix, int64_t numel, bool past_caches, int threads, double budget) {
  const Threads scope(threads);
  numel = std::max<int64_t>(256, numel / 256 * 256);
  const bool masked = mix.mask != Mix::Mask::none;
  std::vector<Array> arrays;
  for (int i = 0; i < 4; i++) {
    arrays.emplace_back(Shape{i < mix.reads || (i == 3 && mix.write) ? numel : i == 2 && masked ? numel / 4 : 256});
    cpu_backend().fill(arrays.back(), 0.5);
  }
  const float *a = arrays[0].ptr<float>(), *b = arrays[1].ptr<float>();
  float *c = arrays[2].ptr<float>(), *y = arrays[3].ptr<float>();
  const auto once = [&] {
    parallel_for(numel / 256, 128, [&](int64_t begin, int64_t end) {
      const int64_t from = begin * 256, n = (end - begin) * 256;
      if (mix.mask == Mix::Mask::read) return bench::stream_choice(a + from, b + from, c + from / 4, y + from, n, past_caches);
      if (mix.mask == Mix::Mask::written) return bench::stream_comparison(a + from, b + from, c + from / 4, n, past_caches);
      const auto at = [&](const float* p, int i) { return i < mix.reads ? p + from : p; };
      kept.store(bench::stream(mix.reads, mix.write, past_caches, at(a, 0), at(b, 1), at(c, 2), mix.write ? y + from : y, n),
                 std::memory_order_relaxed);
    });
  };
  return mix.bytes(numel) / best_seconds(once, budget) * 1e-9;
}

double best_stream_gbs(Mix mix, int64_t numel, double budget) {
  const double stored = stream_gbs(mix, numel, false, num_threads(), budget);
  const bool writes = mix.write || mix.mask == Mix::Mask::written;
  return writes ? std::max(stored, stream_gbs(mix, numel, true, num_threads(), budget)) : stored;
}

double ping_pong_ns() {
  const std::vector<int> cores = cores_of_process();
  if (cores.size() < 2) return 0;
  constexpr int trips = 20000;
  alignas(64) std::atomic<int> ball{0};
  double seconds = 0;
  std::thread second([&] {
    pin_to(cores[1]);
    play(ball, 1, trips);
  });
  std::thread first([&] {  // a thread of its own, so that the caller's is not pinned
    pin_to(cores[0]);
    const double start = seconds_now();
    play(ball, 0, trips);
    seconds = seconds_now() - start;
  });
  first.join();
  second.join();
  return seconds / trips * 1e9;
}

Json measure_ceilings(double seconds) {
  const int all = num_threads();
  const double part = seconds / 14;
  constexpr int64_t large = int64_t{16} << 20;  // floats: 64 MiB an array, beyond the caches of most machines
  const auto gbs = [&](Mix mix, bool past_caches, int threads) { return stream_gbs(mix, large, past_caches, threads, part); };
  return Json::object({{"threads", all},
                       {"fma_gflops_1", fma_gflops(1, part)},
                       {"fma_gflops", fma_gflops(all, part)},
                       {"matmul_gflops_1", matmul_gflops(1, part)},
                       {"matmul_gflops", matmul_gflops(all, part)},
                       {"triad_gbs_1", gbs({2, true}, false, 1)},
                       {"triad_gbs", gbs({2, true}, false, all)},
                       {"triad_past_caches_gbs", gbs({2, true}, true, all)},
                       {"copy_gbs", std::max(gbs({1, true}, false, all), gbs({1, true}, true, all))},
                       {"fill_gbs", std::max(gbs({0, true}, false, all), gbs({0, true}, true, all))},
                       {"sum_gbs", gbs({1, false}, false, all)},
                       {"ping_pong_ns", ping_pong_ns()}});
}

}  // namespace cairn
