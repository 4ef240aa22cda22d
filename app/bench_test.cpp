// bench, doctor and gradcheck: what they print, what they refuse, how a ratio is made. No assertion is on a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include <bench/ceilings.h>
#include <bench/clock.h>
#include <bench/decode.h>
#include <bench/ops.h>
#include <bench/peer.h>
#include <bench/process.h>
#include <bench/workloads.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/text.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/process.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

using testing::HasSubstr;

std::vector<Json> json_lines(const std::string& text) {
  std::vector<Json> list;
  for (const std::string& line : split(trim(text), '\n')) list.push_back(Json::parse(line));
  return list;
}

// What the program prints on both outputs, and its exit code.
struct Printed {
  int code;
  std::string text;
};
Printed cairn(const std::string& arguments) {
  FILE* pipe = popen((program + " " + arguments + " 2>&1").c_str(), "r");
  Printed o{-1, ""};
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) o.text.append(buffer, n);
  const int status = pclose(pipe);
  o.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return o;
}

Json report(double ms, double first = 1.0) {
  return Json::object({{"workload", "mlp"}, {"threads", 1}, {"median_step_ms", ms}, {"steps_per_s", 1000 / ms}, {"first_step_s", first}});
}

TEST(Bench, the_report_of_a_workload_has_the_keys_that_others_have) {
  const std::vector<Json> lines = json_lines(run_program({program, "bench", "--workload", "mlp", "--steps", "3", "--threads", "1", "--json"}));
  ASSERT_EQ(lines.size(), 1u);
  std::set<std::string> keys;
  for (const auto& [key, value] : lines[0].as_object()) keys.insert(key);
  EXPECT_EQ(keys, (std::set<std::string>{"workload", "threads", "precision", "steps", "steps_per_s", "samples_per_s", "median_step_ms",
                                         "gflop_per_step", "gflops", "params", "peak_rss_mib", "first_step_s", "loss"}));
  EXPECT_EQ(lines[0].at("workload").as_string(), "mlp");
  EXPECT_EQ(lines[0].at("steps").as_int(), 3);
  EXPECT_EQ(lines[0].at("threads").as_int(), 1);
  EXPECT_EQ(lines[0].at("params").as_int(), 101770);
}

TEST(Bench, counts_two_products_for_the_first_layer_and_three_for_the_second) {
  const Json r = run_workload(find_workload("mlp"), 2);
  EXPECT_DOUBLE_EQ(r.at("gflop_per_step").as_double() * 1e9, 2 * (2.0 * 64 * 784 * 128) + 3 * (2.0 * 64 * 128 * 10));
}

TEST(Bench, a_workload_really_trains) {
  manual_seed(3);
  const Workload w = find_workload("mlp").build();
  double first = 0, last = 0;
  for (int i = 0; i < 60; i++) {  // one batch again and again is learnt by heart
    const double loss = w.step(0).item();
    (i ? last : first) = loss;
  }
  EXPECT_LT(last, 0.7 * first);
}

TEST(Bench, inference_reports_latencies_in_order) {
  const Json r = run_inference(find_workload("mlp"), 20);
  EXPECT_EQ(r.at("calls").as_int(), 20);
  EXPECT_LE(r.at("min_us").as_double(), r.at("p50_us").as_double());
  EXPECT_LE(r.at("p50_us").as_double(), r.at("p99_us").as_double());
}

TEST(Bench, a_forward_pass_is_profiled_as_it_is_timed_with_its_activations_fused) {
  const Json r = profile_workload(find_workload("cnn"), 3, f32, true);
  double convolutions = 0;
  for (const Json& line : r.at("ops").as_array()) {
    EXPECT_NE(line.at("op").as_string(), "conv2d") << "without its relu";
    EXPECT_EQ(line.at("op").as_string().find("grad"), std::string::npos);
    if (line.at("op").as_string() == "conv2d_relu") convolutions += line.at("calls_per_step").as_double();
  }
  EXPECT_EQ(convolutions, 2);
}

TEST(Bench, refuses_steps_and_names_that_cannot_be) {
  Printed o = cairn("bench --steps -5");
  EXPECT_EQ(o.code, 2);
  EXPECT_THAT(o.text, HasSubstr("--steps"));
  o = cairn("bench --steps many");
  EXPECT_EQ(o.code, 2);
  o = cairn("bench --workload mlb");
  EXPECT_EQ(o.code, 2);
  EXPECT_THAT(o.text, HasSubstr("mlp"));
  o = cairn("bench mlp");
  EXPECT_EQ(o.code, 2);
  EXPECT_THAT(o.text, HasSubstr("--workload"));
  o = cairn("bench --ops matmull");
  EXPECT_EQ(o.code, 2);
  EXPECT_THAT(o.text, HasSubstr("Did you mean 'matmul'?"));
}

TEST(Peer, the_ratio_is_of_medians_with_each_side_at_its_best_number_of_threads) {
  std::vector<double> ours_1 = {0.5, 0.3, 0.4}, ours_2 = {0.8, 0.9, 0.7}, theirs_1 = {1.0, 1.2, 1.1}, theirs_2 = {0.6, 5.0, 0.8};
  std::string order;
  const auto next = [](std::vector<double>& v) {
    const double x = v.back();
    v.pop_back();
    return x;
  };
  const Json r = compare(
      "mlp",
      [&](int t) {
        order += 'A';
        return report(next(t == 1 ? ours_1 : ours_2));
      },
      [&](int t) {
        order += 'B';
        return report(next(t == 1 ? theirs_1 : theirs_2));
      },
      {1, 2}, 3);
  EXPECT_EQ(order, "ABABABABABAB");  // in turn
  EXPECT_DOUBLE_EQ(r.at("cairn").at("median_step_ms").as_double(), 0.4);
  EXPECT_DOUBLE_EQ(r.at("torch").at("median_step_ms").as_double(), 0.8);
  EXPECT_DOUBLE_EQ(r.at("ratio").as_double(), 2.0);
  EXPECT_EQ(r.at("runs").size(), 12u);
  EXPECT_TRUE(r.at("ping_pong_ns").is_number());
}

TEST(Peer, a_median_of_an_even_number_lies_between_the_two_in_the_middle) {
  EXPECT_DOUBLE_EQ(median_of({4, 1, 3, 2}), 2.5);
  EXPECT_DOUBLE_EQ(median_of({5}), 5);
  EXPECT_DOUBLE_EQ(median_of({}), 0);
}

// Scripts that answer like a peer; the shell stands in for Python.
TEST(Peer, a_script_is_asked_for_the_workload_the_steps_and_the_threads) {
  TempFolder folder;
  const std::string script = folder.put("peer.sh",
                                        "echo noise first\n"
                                        "echo \"{\\\"workload\\\": \\\"$2\\\", \\\"threads\\\": $6, \\\"steps\\\": $4, \\\"mode\\\": \\\"$7\\\", "
                                        "\\\"omp\\\": \\\"$OMP_NUM_THREADS\\\", "
                                        "\\\"median_step_ms\\\": 1.5, \\\"steps_per_s\\\": 700.0}\"\n");
  PeerOptions o;
  o.python = "/bin/sh";
  o.peer_script = script;
  const Json r = torch_side(o, "mlp", 12)(2);
  EXPECT_EQ(r.at("workload").as_string(), "mlp");
  EXPECT_EQ(r.at("steps").as_int(), 12);
  EXPECT_EQ(r.at("threads").as_int(), 2);
  EXPECT_EQ(r.at("mode").as_string(), "--fused");
  EXPECT_EQ(r.at("omp").as_string(), "2");
}

TEST(Peer, the_program_prints_the_ratio_beside_the_latency_of_the_cores) {
  TempFolder folder;
  const std::string script =
      folder.put("peer.sh", "echo '{\"workload\": \"mlp\", \"threads\": 1, \"median_step_ms\": 1000.0, \"steps_per_s\": 1.0}'\n");
  const Printed o = cairn("bench --workload mlp --steps 5 --rounds 1 --threads 1 --peer torch --python /bin/sh --peer-script " + script + " --json");
  ASSERT_EQ(o.code, 0) << o.text;
  const Json r = json_lines(o.text).at(0);
  EXPECT_DOUBLE_EQ(r.at("ratio").as_double(), 1000.0 / r.at("cairn").at("median_step_ms").as_double());
  EXPECT_TRUE(r.find("ping_pong_ns"));
}

// A script whose time depends on the settings that it is given: compiled it is slow, with channels last fast.
TEST(Peer, the_best_settings_are_those_that_took_the_least_time) {
  TempFolder folder;
  PeerOptions o;
  o.python = "/bin/sh";
  o.peer_script = folder.put("peer.sh",
                             "case \"$*\" in *--compile*) exit 1;; *--channels-last*--bf16*) ms=3.0;; *--channels-last*) ms=2.0;; *) ms=4.0;; esac\n"
                             "echo \"{\\\"workload\\\": \\\"lenet\\\", \\\"median_step_ms\\\": $ms, \\\"steps_per_s\\\": 1.0}\"\n");
  std::vector<std::string> lines;
  const auto say = [&](const std::string& line) { lines.push_back(line); };
  PeerOptions best = best_settings(o, "lenet", 1, 1, say);
  EXPECT_TRUE(best.channels_last);
  EXPECT_FALSE(best.compile);
  EXPECT_FALSE(best.bf16);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_THAT(lines[1], HasSubstr("channels-last: 2.000 ms"));
  EXPECT_THAT(lines[3], HasSubstr("does not run here"));
  o.bf16 = true;  // then f32 is tried, too, and wins where it is faster
  lines.clear();
  EXPECT_FALSE(best_settings(o, "lenet", 1, 1, say).bf16);
  EXPECT_EQ(lines.size(), 8u);
  o.peer_script = folder.put("peer.sh", "exit 1\n");
  EXPECT_THROW(best_settings(o, "lenet", 1, 1), FileError);
}

// Needs a Python with torch: CAIRN_PYTHON names it (python3 otherwise).
TEST(PeerSlow, our_script_trains_the_same_workloads_with_the_same_keys) {
  const char* named = std::getenv("CAIRN_PYTHON");
  PeerOptions o;
  o.python = named && *named ? named : "python3";
  if (std::system(("'" + o.python + "' -c 'import torch' >/dev/null 2>&1").c_str()) != 0)
    GTEST_SKIP() << o.python << " has no torch (CAIRN_PYTHON names another Python)";
  const std::string script = find_tool("torch_peer.py");
  const std::map<std::string, std::string> settings = {{"mlp", "--fused"}, {"lenet", "--bf16"}, {"cnn", "--channels-last"}, {"resnet18", "--fused"}};
  for (const WorkloadInfo* w : all_workloads()) {
    SCOPED_TRACE(w->name);
    const std::string out = run_program({o.python, script, "--workload", w->name, "--steps", "1", "--warm", "0", settings.at(w->name)});
    const Json theirs = json_lines(out).back();
    const Json ours = json_lines(run_program({program, "bench", "--workload", w->name, "--steps", "1", "--json"})).back();
    for (const auto& [key, value] : ours.as_object()) {
      ASSERT_TRUE(theirs.find(key)) << key;
      if (key == "params" || key == "gflop_per_step" || key == "steps") EXPECT_EQ(theirs.at(key).as_double(), value.as_double()) << key;
    }
    EXPECT_TRUE(std::isfinite(theirs.at("loss").as_double()));
    std::string mode = theirs.at("mode").as_string();
    std::replace(mode.begin(), mode.end(), '_', '-');
    EXPECT_EQ("--" + mode, settings.at(w->name));
  }
}

TEST(Peer, a_script_that_fails_says_so) {
  TempFolder folder;
  PeerOptions o;
  o.python = "/bin/sh";
  const auto message = [&](const std::string& body) -> std::string {
    o.peer_script = folder.put("peer.sh", body);
    try {
      torch_side(o, "mlp", 1)(1);
    } catch (const FileError& e) { return e.what(); }
    return "";
  };
  EXPECT_THAT(message("exit 3"), HasSubstr("exit code 3"));
  EXPECT_THAT(message("kill -9 $$"), HasSubstr("signal 9"));
  EXPECT_THAT(message("echo hello"), HasSubstr("peer.sh"));
  EXPECT_THAT(message("echo '{\"workload\": \"mlp\"}'"), HasSubstr("has no median_step_ms"));
  EXPECT_NE(message(""), "");
  o.python = folder / "no-such-program";
  EXPECT_THAT(message(""), HasSubstr("cannot start"));
}

TEST(Peer, our_own_script_is_found_from_the_build_folder) {
  EXPECT_EQ(sha256_file(find_tool("torch_peer.py")), sha256_file(std::string(CAIRN_SOURCE_DIR) + "/tools/torch_peer.py"));
  EXPECT_THROW(find_tool("no_such_tool.py"), FileError);
}

TEST(Bench, decoding_is_compared_with_the_same_pixels_at_the_scale_that_suffices) {
  std::vector<std::string> scales;
  for (const Json& row : decode_rates()) {
    EXPECT_TRUE(row.at("same_pixels").as_bool()) << row.at("picture").as_string();
    EXPECT_NEAR(row.at("share").as_double(), row.at("libjpeg_us").as_double() / row.at("us").as_double(), 1e-9);
    scales.push_back(row.at("scale").as_string());
  }
  EXPECT_THAT(scales, testing::ElementsAre("8/8", "4/8", "2/8"));
}

TEST(BenchOps, every_case_runs_and_says_what_it_moves) {
  for (const OpCase& c : op_cases()) {
    EXPECT_TRUE(c.flops > 0 || c.bytes > 0) << c.op;
    int64_t largest = 0;
    for (const OpInput& in : c.inputs) largest = std::max(largest, in.shape.numel());
    if (largest > 1000000) continue;  // the same calls at sizes that take no time
    std::vector<Tensor> inputs;
    for (const OpInput& in : c.inputs) inputs.push_back(in.below ? randint(0, in.below, in.shape) : rand(in.shape) + 0.1);
    EXPECT_NO_THROW(c.prepare(inputs)()) << c.op << " " << c.shapes;
  }
}

TEST(BenchOps, a_row_names_rate_ceiling_and_share) {
  const std::vector<OpCase> products = op_cases({"matmul"});
  for (const OpCase& c : products) EXPECT_EQ(c.op, "matmul");
  const Json compute = run_op_case(products.at(0)), memory = run_op_case(op_cases({"tanh"}).at(0));
  EXPECT_DOUBLE_EQ(compute.at("share").as_double(), compute.at("gflops").as_double() / compute.at("ceiling").as_double());
  EXPECT_DOUBLE_EQ(memory.at("share").as_double(), memory.at("gbs").as_double() / memory.at("ceiling").as_double());
}

TEST(BenchSlow, a_check_is_timed_with_a_wrong_and_the_right_answer) {
  const std::vector<Json> lines = json_lines(run_program({program, "bench", "--checks", "a06", "--json"}));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].at("id").as_string(), "A06");
  EXPECT_EQ(lines[0].at("wrong").as_string(), "a change");
  EXPECT_EQ(lines[0].at("rounds").as_int(), 3);
  for (const char* key : {"wrong_s", "right_s", "compile_s", "link_s", "run_s"}) EXPECT_GT(lines[0].at(key).as_double(), 0) << key;
  EXPECT_GE(lines[0].at("wrong_s").as_double(), lines[0].at("compile_s").as_double());
  const Printed unknown = cairn("bench --checks A66");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.text, HasSubstr("A66"));
}

TEST(Ceilings, are_all_there_and_positive) {
  const Json c = measure_ceilings(0.02);
  for (const char* key : {"fma_gflops_1", "fma_gflops", "matmul_gflops_1", "matmul_gflops", "triad_gbs_1", "triad_gbs", "triad_past_caches_gbs",
                          "copy_gbs", "fill_gbs", "sum_gbs"})
    EXPECT_GT(c.at(key).as_double(), 0) << key;
  EXPECT_GE(c.at("ping_pong_ns").as_double(), 0);
}

TEST(Doctor, tells_the_machine_the_libraries_and_what_is_missing) {
  const std::vector<Json> lines = json_lines(run_program({program, "doctor", "--no-ceilings", "--json"}));
  ASSERT_EQ(lines.size(), 1u);
  const Json& r = lines[0];
  EXPECT_GT(r.at("machine").at("memory_bytes").as_uint(), 0u);
  EXPECT_THAT(r.at("software").at("kernels").as_string(), HasSubstr("oneDNN"));
  for (const Json& p : r.at("problems").as_array()) {
    EXPECT_NE(p.at("what").as_string(), "");
    EXPECT_NE(p.at("mend").as_string(), "");
  }
  EXPECT_GE(r.at("data").size(), 2u);
}

TEST(Doctor, a_data_set_that_is_not_here_comes_with_the_command_that_gets_it) {
  TempFolder empty;
  const std::string text =
      run_program({program, "doctor", "--no-ceilings", "--json"}, {{"CAIRN_CACHE", empty / "cache"}, {"CAIRN_DATA_MIRROR", empty / "none"}});
  const Json r = json_lines(text).at(0);
  for (const Json& d : r.at("data").as_array())
    if (d.at("name").as_string() == "mnist") EXPECT_FALSE(d.at("present").as_bool());
  EXPECT_THAT(r.at("problems").dump(), HasSubstr("cairn data get mnist"));
}

TEST(Gradcheck, a_named_op_shows_its_elements) {
  const Printed o = cairn("gradcheck tanh");
  EXPECT_EQ(o.code, 0) << o.text;
  EXPECT_THAT(o.text, HasSubstr("differences"));
  EXPECT_THAT(o.text, HasSubstr("all gradients are right"));
}

TEST(Gradcheck, as_json_each_element_has_both_values_and_the_error) {
  const std::vector<Json> lines = json_lines(cairn("gradcheck mul --json").text);
  int64_t elements = 0;
  for (const Json& l : lines)
    if (l.at("event").as_string() == "sample")
      for (const Json& e : l.at("elements").as_array()) {
        EXPECT_NEAR(e.at("analytic").as_double(), e.at("numeric").as_double(), 1e-5);
        elements++;
      }
  EXPECT_GT(elements, 10);
  EXPECT_EQ(lines.back().at("event").as_string(), "end");
  EXPECT_EQ(lines.back().at("derivatives").as_int(), elements);
}

TEST(Gradcheck, an_unknown_op_is_refused_with_the_nearest_name) {
  const Printed o = cairn("gradcheck tahn");
  EXPECT_EQ(o.code, 2);
  EXPECT_THAT(o.text, HasSubstr("Did you mean 'tanh'?"));
}

}  // namespace
}  // namespace cairn
