#include <course/machinery/paths.h>

#include <cstdlib>

#include <gtest/gtest.h>

#include <cairn/base/disk.h>

namespace cairn::course {

TEST(Paths, the_course_is_found_from_the_build_tree) { EXPECT_TRUE(file_exists(course_folder() + "/README.md")); }

TEST(Paths, the_users_folder_follows_the_environment) {
  const std::string before = std::getenv("CAIRN_HOME") ? std::getenv("CAIRN_HOME") : "";
  setenv("CAIRN_HOME", "/somewhere/else", 1);
  EXPECT_EQ(home_folder(), "/somewhere/else");
  unsetenv("CAIRN_HOME");
  setenv("XDG_DATA_HOME", "/data", 1);
  EXPECT_EQ(home_folder(), "/data/cairn");
  unsetenv("XDG_DATA_HOME");
  if (!before.empty()) setenv("CAIRN_HOME", before.c_str(), 1);
}

}  // namespace cairn::course
