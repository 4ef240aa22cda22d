# What `cmake --install` writes: lib/libcairn.a, the headers, share/cairn, bin/cairn, and the package that find_package(cairn) reads:
#   find_package(cairn REQUIRED)
#   target_link_libraries(program PRIVATE cairn::cairn)
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/cairn)

install(TARGETS cairn EXPORT cairn ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT cairn NAMESPACE cairn:: FILE cairnTargets.cmake DESTINATION ${package})
# The build folder is a package, too, so that projects of `cairn new` find a Cairn that is not installed: -Dcairn_DIR=build/release
export(EXPORT cairn NAMESPACE cairn:: FILE ${CMAKE_BINARY_DIR}/cairnTargets.cmake)
file(COPY ${CMAKE_SOURCE_DIR}/cmake/dependencies.cmake DESTINATION ${CMAKE_BINARY_DIR})
# The fast kernels' headers need Highway's and are nobody's interface.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/cairn DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h" PATTERN "backend/cpu" EXCLUDE)
if(EXISTS ${CMAKE_SOURCE_DIR}/share)
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/share/ DESTINATION ${CMAKE_INSTALL_DATADIR}/cairn)
endif()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/cairnConfig.cmake CONTENT "include(\${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
include(\${CMAKE_CURRENT_LIST_DIR}/cairnTargets.cmake)
" ESCAPE_QUOTES @ONLY)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/cairnConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/cairnConfig.cmake ${CMAKE_BINARY_DIR}/cairnConfigVersion.cmake ${CMAKE_SOURCE_DIR}/cmake/dependencies.cmake
        DESTINATION ${package})
