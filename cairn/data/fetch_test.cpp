// Downloads, from a server on this machine: what is whole gets its name, what is not is said and goes on where it stopped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/data/registry.h>
#include <tests/helpers/http_server.h>
#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

bool here(const std::string& program) { return std::system((program + " --version > /dev/null 2>&1").c_str()) == 0; }

class Download : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!here("curl")) GTEST_SKIP() << "the program curl is not installed";
    if (!server.runs()) GTEST_SKIP() << "the program python3 is not installed";
    setenv("CAIRN_CACHE", cache.path().c_str(), 1);
    setenv("CAIRN_DATA_MIRROR", empty.path().c_str(), 1);
    setenv("no_proxy", "127.0.0.1", 1);
    for (int i = 0; i < 5000; i++) content += std::to_string(i) + "\n";
    server.folder.put("a.bin", content);
  }
  void TearDown() override {
    for (const char* name : {"CAIRN_CACHE", "CAIRN_DATA_MIRROR"}) unsetenv(name);
  }

  // A data set of one file, that comes from `path` of the server.
  DatasetInfo from(const std::string& path) {
    digest = sha256(content);
    url = server.url(path);
    DatasetInfo info = dataset_named("iris");
    info.name = "small";
    info.files = {{"a.bin", content.size(), digest.c_str(), url.c_str()}};
    return info;
  }
  std::string file() const { return cache / "data/small/a.bin"; }
  std::string part() const { return file() + ".part"; }

  TempFolder cache, empty;
  HttpServer server;
  std::string content, digest, url;
};

TEST_F(Download, brings_a_file_and_verifies_it) {
  std::vector<std::string> lines;
  EXPECT_EQ(get_dataset(from("a.bin"), "", [&](const std::string& line) { lines.push_back(line); }), cache / "data/small");
  EXPECT_EQ(read_file(file()), content);
  EXPECT_FALSE(file_exists(part()));
  EXPECT_THAT(lines, ::testing::ElementsAre("a.bin: fetching " + url));
  server.forget_requests();
  get_dataset(from("a.bin"));
  EXPECT_EQ(server.requests(), "") << "what is there is not fetched again";
}

TEST_F(Download, goes_on_where_an_earlier_try_stopped) {
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(from("cut/a.bin")); }),
              AllOf(HasSubstr("cannot fetch " + url), HasSubstr("curl ended with status 18"), HasSubstr("run the command again")));
  EXPECT_FALSE(file_exists(file()));
  ASSERT_TRUE(file_exists(part()));
  EXPECT_EQ(read_file(part()), content.substr(0, content.size() / 2));
  server.forget_requests();
  get_dataset(from("a.bin"));
  EXPECT_EQ(server.requests(), "/a.bin bytes=" + std::to_string(content.size() / 2) + "-\n");
  EXPECT_EQ(read_file(file()), content);
}

TEST_F(Download, begins_anew_where_the_server_cannot_go_on) {
  cache.put("data/small/a.bin.part", content.substr(0, 1000));
  get_dataset(from("whole/a.bin"));
  EXPECT_EQ(read_file(file()), content);
  std::filesystem::remove(file());
  cache.put("data/small/a.bin.part", content + "and more than there is");
  get_dataset(from("a.bin"));
  EXPECT_EQ(read_file(file()), content);
}

TEST_F(Download, a_whole_part_needs_no_network) {
  cache.put("data/small/a.bin.part", content);
  get_dataset(from("a.bin"));
  EXPECT_EQ(read_file(file()), content);
  EXPECT_EQ(server.requests(), "");
}

TEST_F(Download, leaves_nothing_of_a_file_that_is_not_what_it_should_be) {
  server.folder.put("a.bin", content.substr(0, content.size() - 1) + "x");
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(from("a.bin")); }),
              AllOf(HasSubstr("is not what it should be"), HasSubstr(digest), HasSubstr("It was removed"), HasSubstr("--from DIR")));
  EXPECT_FALSE(file_exists(file()));
  EXPECT_FALSE(file_exists(part()));
  // The beginning of another file, kept from an earlier try, does not spoil the next one for good.
  server.folder.put("a.bin", content);
  cache.put("data/small/a.bin.part", "another beginning");
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(from("a.bin")); }), HasSubstr("It was removed"));
  get_dataset(from("a.bin"));
  EXPECT_EQ(read_file(file()), content);
}

TEST_F(Download, says_what_the_server_answers) {
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(from("nosuch.bin")); }), HasSubstr("the server answers 404"));
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(from("error/403")); }), HasSubstr("the server answers 403"));
  EXPECT_FALSE(file_exists(file()));
  EXPECT_FALSE(file_exists(part())) << "a page that says 404 is no data";
  // What was fetched before the server lost the file is kept for the day when it is back.
  cache.put("data/small/a.bin.part", content.substr(0, 1000));
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(from("error/403")); }), HasSubstr("the server answers 403"));
  EXPECT_EQ(read_file(part()), content.substr(0, 1000));
}

TEST_F(Download, no_server_and_no_curl_are_said) {
  DatasetInfo info = from("a.bin");
  info.files[0].url = "http://127.0.0.1:9/a.bin";  // nobody listens to the discard port
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(info); }),
              AllOf(HasSubstr("cannot fetch http://127.0.0.1:9/a.bin"), HasSubstr("curl ended with status 7"), HasSubstr("--from DIR")));
  EXPECT_FALSE(file_exists(file()));
  const std::string path = std::getenv("PATH");
  setenv("PATH", empty.path().c_str(), 1);
  const std::string refused = refusal<FileError>([&] { get_dataset(info); });
  setenv("PATH", path.c_str(), 1);
  EXPECT_THAT(refused, AllOf(HasSubstr("the program curl is not installed"), HasSubstr("apt install curl")));
}

}  // namespace
}  // namespace cairn
