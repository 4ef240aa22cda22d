// The program from outside, for tests of its verbs: one folder with two trained runs ("pictures" and "table"), a picture, tables good and
// bad; what a refusal and a success look like, in words and as JSON.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include <cairn/base/json.h>
#include <cairn/io/image.h>
#include <tests/helpers/process.h>
#include <tests/helpers/small_data.h>

namespace cairn {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

inline std::string shown(const Words& words) {
  std::string text = "cairn";
  for (const std::string& w : words) text += " " + w;
  return text;
}

class Cli : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = new TempFolder;
    put_pictures(*folder);
    folder->put("t.csv", small_table());
    Image picture{8, 8, 1, std::vector<uint8_t>(64, 40)};
    folder->put("p.png", encode_png(picture));
    options.folder = folder->path();
    options.environment = {{"CAIRN_DATA_MIRROR", *folder / "mirror"}, {"CAIRN_CACHE", *folder / "cache"}, {"CAIRN_RUNS", ""}, {"CAIRN_LOG", ""}};
    ASSERT_EQ(cairn({"train", "mlp", "--data", "mnist", "--epochs", "2", "--name", "pictures"}).code, 0);
    ASSERT_EQ(cairn({"train", "softmax", "--data", "t.csv", "--target", "kind", "--epochs", "2", "--name", "table"}).code, 0);
  }
  static void TearDownTestSuite() {
    delete folder;
    folder = nullptr;
  }
  static ProcessResult cairn(Words words, const ProcessOptions& o = options) {
    words.insert(words.begin(), program);
    return run_process(words, o);
  }

  // Fails with `code` and one message that has every one of `parts`, in words and as JSON.
  static void refused(const Words& words, int code, const Words& parts, const ProcessOptions& o = options) {
    SCOPED_TRACE(shown(words));
    const ProcessResult r = cairn(words, o);
    EXPECT_EQ(r.signal, 0) << r.err;
    EXPECT_EQ(r.code, code) << r.out << r.err;
    EXPECT_TRUE(r.err.starts_with("cairn: ")) << r.err;
    EXPECT_EQ(r.err.find("\ncairn: "), std::string::npos) << "more than one message: " << r.err;
    for (const char* trace : {"terminate called", "what()", "basic_string", "vector::", "std::", "filesystem error", "0x", "Assertion"})
      EXPECT_EQ(r.err.find(trace), std::string::npos) << r.err;
    for (const std::string& part : parts) EXPECT_NE(r.err.find(part), std::string::npos) << "no '" << part << "' in: " << r.err;

    Words json = words;
    json.push_back("--json");
    const ProcessResult j = cairn(json, o);
    EXPECT_EQ(j.code, code) << j.out << j.err;
    EXPECT_EQ(j.err, "");
    int errors = 0;
    std::istringstream in(j.out);
    for (std::string line; std::getline(in, line);) {
      const Json event = Json::parse(line);
      if (event.at("event") != Json("error")) continue;
      errors++;
      EXPECT_TRUE(event.at("type").as_string().ends_with("Error")) << line;
      for (const std::string& part : parts)
        EXPECT_NE(event.at("message").as_string().find(part), std::string::npos) << "no '" << part << "' in: " << line;
    }
    EXPECT_EQ(errors, 1) << j.out;
  }
  static void accepted(const Words& words, const Words& parts, const ProcessOptions& o = options) {
    SCOPED_TRACE(shown(words));
    const ProcessResult r = cairn(words, o);
    EXPECT_EQ(r.code, 0) << r.out << r.err << "signal " << r.signal;
    EXPECT_EQ(r.err, "");
    for (const std::string& part : parts) EXPECT_NE(r.out.find(part), std::string::npos) << "no '" << part << "' in: " << r.out;
    if (words.empty() || words.back() == "--help" || words.back() == "--version") return;
    Words json = words;
    json.push_back("--json");
    const ProcessResult j = cairn(json, o);
    EXPECT_EQ(j.code, 0) << j.out << j.err;
    std::istringstream in(j.out);
    int lines = 0;
    for (std::string line; std::getline(in, line); lines++) EXPECT_NO_THROW(Json::parse(line).at("event")) << line;
    EXPECT_GT(lines, 0);
  }
  // A copy of a run to be spoilt.
  static std::string copied(const std::string& from, const std::string& to) {
    const std::string path = *folder / ("runs/" + to);
    fs::remove_all(path);
    fs::copy(*folder / ("runs/" + from), path, fs::copy_options::recursive);
    return path;
  }
  static size_t runs_now() {
    size_t n = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(*folder / "runs")) n++;
    return n;
  }

  static inline TempFolder* folder = nullptr;
  static inline ProcessOptions options;
};

}  // namespace cairn
