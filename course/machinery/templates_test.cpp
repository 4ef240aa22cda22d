#include <course/machinery/templates.h>

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <course/machinery/paths.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

using testing::Contains;

TEST(Templates, a_project_has_the_name_in_its_files_and_dots_for_underscores) {
  TempFolder folder;
  folder.put("t/_gitignore", "/build/\n");
  folder.put("t/src/@NAME@.txt", "this is @NAME@, @NAME@");
  folder.put("t/_next", "cd @FOLDER@ && ./@NAME@\n");
  folder.put("t/go", "#!/bin/sh\n");
  std::filesystem::permissions(folder / "t/go", std::filesystem::perms::owner_all);
  EXPECT_EQ(make_project(folder / "t", folder / "mine", "mine", "/prefix/cairn"), "cd " + (folder / "mine") + " && ./mine");
  EXPECT_EQ(read_file(folder / "mine/.gitignore"), "/build/\n");
  EXPECT_EQ(read_file(folder / "mine/src/mine.txt"), "this is mine, mine");
  EXPECT_EQ(read_file(folder / "mine/.cairn-dir"), "/prefix/cairn\n");
  EXPECT_FALSE(file_exists(folder / "mine/.next"));
  EXPECT_NE(std::filesystem::status(folder / "mine/go").permissions() & std::filesystem::perms::owner_exec, std::filesystem::perms::none);
}

TEST(Templates, a_folder_that_is_there_is_refused_and_untouched) {
  TempFolder folder;
  folder.put("t/a", "new");
  folder.put("mine/a", "old");
  EXPECT_THROW(make_project(folder / "t", folder / "mine", "mine", ""), FileError);
  EXPECT_EQ(read_file(folder / "mine/a"), "old");
}

TEST(Templates, nothing_is_left_when_the_project_cannot_be_written) {
  TempFolder folder;
  EXPECT_THROW(make_project(folder / "no-such-template", folder / "mine", "mine", ""), FileError);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Templates, a_name_that_is_no_program_is_refused) {
  TempFolder folder;
  folder.put("t/a", "");
  for (const char* name : {"", "1st", "a b", "../up", "a/b", "-x", "test", "caf\u00e9"})
    EXPECT_THROW(make_project(folder / "t", folder / "new", name, ""), UsageError) << name;
}

TEST(Templates, the_mlp_project_is_there) { EXPECT_THAT(template_names(course_folder() + "/templates"), Contains("mlp")); }

}  // namespace cairn::course
