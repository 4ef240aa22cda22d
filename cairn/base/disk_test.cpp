#include <cairn/base/disk.h>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include <cairn/base/errors.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/recording_disk.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

size_t entries(const std::string& folder) {
  size_t n = 0;
  for ([[maybe_unused]] const auto& item : std::filesystem::directory_iterator(folder)) n++;
  return n;
}

TEST(WriteFile, what_is_written_is_read_whatever_the_sizes_of_the_pieces) {
  TempFolder folder;
  std::string expected;
  write_file(folder / "a", [&](const Sink& sink) {
    for (size_t n : {0, 1, 1000, 70000, 3, 65536, 300000, 5}) {
      std::string piece(n, static_cast<char>('a' + n % 26));
      sink(piece.data(), n);
      expected += piece;
    }
  });
  EXPECT_EQ(read_file(folder / "a"), expected);
  EXPECT_EQ(file_size(folder / "a"), expected.size());
  EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(WriteFile, takes_a_name_without_a_folder) {
  TempFolder folder;
  auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  write_file("plain", "text");
  std::filesystem::current_path(before);
  EXPECT_EQ(read_file(folder / "plain"), "text");
}

TEST(WriteFile, keeps_the_older_file_and_leaves_no_temporary_when_its_body_throws) {
  TempFolder folder;
  write_file(folder / "a", "old");
  EXPECT_THROW(write_file(folder / "a",
                          [](const Sink& sink) {
                            sink("new", 3);
                            throw std::logic_error("body");
                          }),
               std::logic_error);
  EXPECT_EQ(read_file(folder / "a"), "old");
  EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(WriteFile, every_power_cut_leaves_the_old_or_the_new_version_and_never_a_mix) {
  TempFolder folder;
  folder.put("a", "the old version");
  const std::string fresh(200000, 'n');
  RecordingDisk recorder(folder.path());
  {
    UseDisk use(recorder);
    write_file(folder / "a", fresh);
  }
  EXPECT_GE(recorder.log().size(), 6u);
  size_t olds = 0, news = 0;
  recorder.each_crash([&](const std::string& remains, const std::string& when) {
    std::string text = read_file(remains + "/a");
    EXPECT_TRUE(text == "the old version" || text == fresh) << when << ": " << text.size() << " bytes";
    (text == fresh ? news : olds)++;
  });
  EXPECT_GT(olds, 0u);
  EXPECT_GT(news, 0u);
}

TEST(WriteFile, is_safe_once_it_has_returned) {
  TempFolder folder;
  folder.put("a", "old");
  RecordingDisk recorder(folder.path());
  {
    UseDisk use(recorder);
    write_file(folder / "a", "new");
  }
  for (Crash crash : all_crashes()) {
    TempFolder after;
    recorder.replay(recorder.log().size(), crash, after.path());
    EXPECT_EQ(read_file(after / "a"), "new");
    EXPECT_EQ(entries(after.path()), 1u);
  }
}

TEST(WriteFile, a_failure_of_any_call_is_reported_and_leaves_a_whole_file) {
  for (bool stays_full : {false, true})
    for (size_t at = 1;; at++) {
      TempFolder folder;
      folder.put("a", "old");
      FaultyDisk faulty(at, stays_full);
      bool threw = false;
      {
        UseDisk use(faulty);
        try {
          write_file(folder / "a", "new");
        } catch (const FileError& e) {
          threw = true;
          EXPECT_NE(std::string(e.what()).find("no space left on device"), std::string::npos);
        }
      }
      if (!faulty.failed()) {
        EXPECT_FALSE(threw);
        EXPECT_EQ(at, 7u);  // create, write, sync, close, rename, sync of the folder: each was failed once
        break;
      }
      EXPECT_TRUE(threw) << at;
      EXPECT_EQ(read_file(folder / "a"), at <= 5 ? "old" : "new") << "call " << at;
      EXPECT_EQ(entries(folder.path()), 1u) << "call " << at;
    }
}

TEST(Disk, appends_truncates_renames_and_removes) {
  TempFolder folder;
  Disk& d = disk();
  d.make_folder(folder / "x/y");
  d.make_folder(folder / "x/y");
  int file = d.append(folder / "x/y/log");
  d.write(file, "abc", 3);
  d.close(file);
  file = d.append(folder / "x/y/log");
  d.write(file, "def", 3);
  d.sync(file);
  d.close(file);
  EXPECT_EQ(read_file(folder / "x/y/log"), "abcdef");
  d.truncate(folder / "x/y/log", 4);
  d.rename(folder / "x/y/log", folder / "log");
  d.sync_folder(folder.path());
  EXPECT_EQ(read_file(folder / "log"), "abcd");
  d.remove_all(folder / "x");
  d.remove_all(folder / "x");
  EXPECT_FALSE(file_exists(folder / "x"));
  EXPECT_TRUE(file_exists(folder / "log"));
}

TEST(DiskErrors, name_the_operation_the_path_the_reason_and_a_way_out) {
  TempFolder folder;
  std::string missing = folder / "no/such";
  EXPECT_EQ(message_of<FileError>([&] { read_file(missing); }),
            "cannot open " + missing + ": no such file or directory. Hint: check the spelling, and that its folder is there.");
  EXPECT_EQ(message_of<FileError>([&] { write_file(missing, "x"); }).find("cannot create " + missing + ": no such file"), 0u);
  EXPECT_EQ(message_of<FileError>([&] { read_file(folder.path()); }),
            "cannot read " + folder.path() + ": is a directory. Hint: a folder stands where a file was expected.");
  EXPECT_NE(message_of<FileError>([&] { MappedFile map(folder.path()); }), "");
  EXPECT_NE(message_of<FileError>([&] { file_size(missing); }), "");
  EXPECT_NE(message_of<FileError>([&] { sha256_file(missing); }), "");
  EXPECT_NE(message_of<FileError>([&] { disk().rename(missing, missing); }).find("cannot rename"), std::string::npos);
  EXPECT_NE(message_of<FileError>([&] { disk().truncate(missing, 0); }).find("cannot shorten"), std::string::npos);
  EXPECT_NE(message_of<FileError>([&] { disk().sync_folder(missing); }), "");
  folder.put("file", "");
  EXPECT_NE(message_of<FileError>([&] { disk().make_folder(folder / "file"); }).find("a file stands where a folder was expected"), std::string::npos);
  EXPECT_NE(message_of<FileError>([&] { disk().make_folder(folder / "file/x"); }).find("a file stands where a folder was expected"),
            std::string::npos);
  EXPECT_NE(message_of<FileError>([&] { disk().sync(-1); }).find("cannot sync file descriptor -1: bad file descriptor"), std::string::npos);
}

TEST(DiskErrors, a_full_disk_is_named_with_its_file) {
  if (!file_exists("/dev/full")) GTEST_SKIP() << "this machine has no /dev/full";
  int file = disk().append("/dev/full");
  EXPECT_EQ(message_of<FileError>([&] { disk().write(file, "x", 1); }).find("cannot write /dev/full: no space left on device. Hint: free some space"),
            0u);
  disk().close(file);
}

// Fails at one kind of call, as the true disk would say it.
struct FailingDisk : Disk {
  std::string at;
  std::string named;
  int create(const std::string& path) override {
    named = path;
    return Disk::create(path);
  }
  void write(int file, const void* data, size_t bytes) override {
    if (at == "write") throw FileError("cannot write " + named + ": no space left on device");
    Disk::write(file, data, bytes);
  }
  void rename(const std::string& from, const std::string& to) override {
    if (at == "rename") throw FileError("cannot rename " + from + " to " + to + ": permission denied");
    Disk::rename(from, to);
  }
};

TEST(DiskErrors, name_the_file_that_was_asked_for_not_the_one_beside_it) {
  TempFolder folder;
  FailingDisk failing;
  UseDisk use(failing);
  failing.at = "write";
  EXPECT_EQ(message_of<FileError>([&] { write_file(folder / "model", "x"); }), "cannot write " + folder / "model" + ": no space left on device");
  failing.at = "rename";
  EXPECT_EQ(message_of<FileError>([&] { write_file(folder / "model", "x"); }), "cannot replace " + folder / "model" + ": permission denied");
  // What the writer of a format throws is its own.
  failing.at = "";
  EXPECT_EQ(message_of<StateError>([&] { write_file(folder / "model", [](const Sink&) { throw StateError("mine"); }); }), "mine");
  EXPECT_FALSE(file_exists(folder / "model"));
}

TEST(DiskErrors, a_folder_without_permission_is_explained) {
  TempFolder folder;
  chmod(folder.path().c_str(), 0500);
  uid_t me = geteuid();
  if (me == 0) { ASSERT_EQ(seteuid(65534), 0); }  // root may write everywhere, so it becomes nobody for a moment
  std::string message = message_of<FileError>([&] { write_file(folder / "a", "x"); });
  if (me == 0) { ASSERT_EQ(seteuid(0), 0); }
  chmod(folder.path().c_str(), 0700);
  EXPECT_NE(message.find("permission denied. Hint: look at its owner"), std::string::npos) << message;
}

TEST(ReadFile, stops_at_the_limit_and_reads_files_that_do_not_know_their_size) {
  TempFolder folder;
  folder.put("ten", "0123456789");
  EXPECT_EQ(read_file(folder / "ten", 10), "0123456789");
  EXPECT_NE(message_of<FileError>([&] { read_file(folder / "ten", 9); }).find("longer than the 9 B"), std::string::npos);
  EXPECT_NE(read_file("/proc/self/stat").size(), 0u);
  EXPECT_NE(message_of<FileError>([&] { read_file("/proc/self/stat", 3); }), "");
}

TEST(Sha256, gives_the_published_digests) {
  // FIPS 180-2, appendix B, and the empty message
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  TempFolder folder;
  std::string large(3000000, 'q');
  EXPECT_EQ(sha256_file(folder.put("f", large)), sha256(large));
}

TEST(MappedFile, shows_the_bytes_of_a_file_and_takes_an_empty_one) {
  TempFolder folder;
  MappedFile some(folder.put("some", std::string("a\0b", 3))), none(folder.put("none", ""));
  EXPECT_EQ(std::string(some.data(), some.size()), std::string("a\0b", 3));
  EXPECT_EQ(none.size(), 0u);
  EXPECT_NE(none.data(), nullptr);
}

TEST(UseDisk, gives_the_former_disk_back) {
  Disk& before = disk();
  FaultyDisk a(1000), b(1000);
  {
    UseDisk outer(a);
    {
      UseDisk inner(b);
      EXPECT_EQ(&disk(), &b);
    }
    EXPECT_EQ(&disk(), &a);
  }
  EXPECT_EQ(&disk(), &before);
}

}  // namespace
}  // namespace cairn
