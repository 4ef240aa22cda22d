# cairn_judges(): for each folder of the course with a check.cpp, <build>/course/judge/ID.o: its judge, the solution and the mutants,
# compiled ahead, so that a check compiles the learner's file alone. What all of them share is libcairn_judge.a beside them; engine.txt has
# the words that link a file with Cairn, for the lessons whose answer.h includes it. No part of cairn_exe: ./run builds it for the verbs
# that need it.
function(cairn_judges)
  set(course ${CMAKE_SOURCE_DIR}/course)
  set(judge ${course}/machinery/judge)
  set(out ${CMAKE_BINARY_DIR}/course/judge)
  # A compiler's own flags, not the build's: the same judge for a release, a test or a sanitizer's build. -Og takes a third less time than -O1.
  set(compile ${CMAKE_CXX_COMPILER_LAUNCHER} ${CMAKE_CXX_COMPILER} -std=c++20 -Og -fPIE -I${CMAKE_SOURCE_DIR})
  set(products "")
  foreach(name judge slope verdict)
    add_custom_command(OUTPUT ${out}/runtime/${name}.o COMMAND ${CMAKE_COMMAND} -E make_directory ${out}/runtime
                       COMMAND ${compile} -Wall -Wextra -c ${judge}/${name}.cpp -o ${out}/runtime/${name}.o
                       DEPENDS ${judge}/${name}.cpp ${judge}/judge.h VERBATIM)
    list(APPEND products ${out}/runtime/${name}.o)
  endforeach()
  add_custom_command(OUTPUT ${out}/libcairn_judge.a COMMAND ${CMAKE_COMMAND} -E rm -f ${out}/libcairn_judge.a
                     COMMAND ${CMAKE_AR} rcs ${out}/libcairn_judge.a ${products} DEPENDS ${products} VERBATIM)
  set(products ${out}/libcairn_judge.a)
  # What a learner's file about the engine begins with, read ahead. ahead/ is in front of the header's own folder: the compiler takes the
  # one that ends in .gch where its words are the same.
  file(STRINGS ${judge}/flags.txt flags)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${judge}/flags.txt)
  set(ahead ${out}/ahead/watched_engine.h.gch)
  add_custom_command(OUTPUT ${ahead} COMMAND ${CMAKE_COMMAND} -E make_directory ${out}/ahead
                     COMMAND ${CMAKE_CXX_COMPILER} ${flags} -I${CMAKE_SOURCE_DIR} -MD -MT ${ahead} -MF ${ahead}.d -x c++-header
                             ${judge}/watched_engine.h -o ${ahead}
                     DEPENDS ${judge}/watched_engine.h DEPFILE ${ahead}.d VERBATIM)
  file(GLOB checks CONFIGURE_DEPENDS ${course}/lessons/*/check.cpp ${course}/papers/*/check.cpp ${course}/projects/*/check.cpp)
  foreach(check ${checks})
    get_filename_component(folder ${check} DIRECTORY)
    get_filename_component(id ${folder} NAME)
    if(id MATCHES "^([A-Z]+[0-9]*)-")
      set(id ${CMAKE_MATCH_1})
    endif()
    file(GLOB_RECURSE parts CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.h ${folder}/*.inc)
    list(FILTER parts EXCLUDE REGEX "/held_out/|/figure\\.cpp$|/demo\\.cpp$|/solution_alt")
    add_custom_command(OUTPUT ${out}/${id}.o COMMAND ${judge}/generate judge ${folder} > ${out}/${id}.cpp
                       COMMAND ${compile} -w -MD -MT ${out}/${id}.o -MF ${out}/${id}.o.d -c ${out}/${id}.cpp -o ${out}/${id}.o
                       DEPENDS ${parts} ${judge}/generate ${judge}/judge.h DEPFILE ${out}/${id}.o.d VERBATIM)   # of the engine's headers, too
    set(of_judge ${out}/libcairn_judge.a ${out}/${id}.o)
    file(STRINGS ${folder}/answer.h engine LIMIT_COUNT 1 REGEX "include <cairn/")
    if(engine AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      list(APPEND of_judge ${ahead})
    endif()
    list(APPEND products ${of_judge})
    add_custom_target(cairn_judge_${id} DEPENDS ${of_judge})
  endforeach()
  file(MAKE_DIRECTORY ${out})

  # -lNAME rather than a path, so that an installed Cairn links wherever its libraries are.
  set(words "")
  foreach(target ${CAIRN_LINKS})
    if(NOT TARGET ${target})                                           # a plain library of the system, such as dl
      list(APPEND words -l${target})
      continue()
    endif()
    get_target_property(type ${target} TYPE)
    get_target_property(aliased ${target} ALIASED_TARGET)
    if(aliased)
      set(target ${aliased})
    endif()
    if(target MATCHES "OpenMP")
      list(APPEND words -fopenmp)
    elseif(type STREQUAL "INTERFACE_LIBRARY")
      get_target_property(others ${target} INTERFACE_LINK_LIBRARIES)
      if(others AND target MATCHES "Threads")
        list(APPEND words -pthread)
      endif()
    else()
      foreach(property IMPORTED_LOCATION IMPORTED_LOCATION_RELEASE IMPORTED_LOCATION_NONE IMPORTED_LOCATION_NOCONFIG)
        get_target_property(file ${target} ${property})
        if(file)
          break()
        endif()
      endforeach()
      if(file)
        get_filename_component(name ${file} NAME)
        string(REGEX REPLACE "^lib(.*)\\.(so|a).*$" "-l\\1" word ${name})
        list(APPEND words ${word})
      endif()
    endif()
  endforeach()
  list(REMOVE_DUPLICATES words)
  string(REPLACE ";" " " words "${words}")
  file(CONFIGURE OUTPUT ${out}/engine.txt CONTENT "${words}\n")

  list(REMOVE_DUPLICATES products)
  add_custom_target(cairn_judges ALL DEPENDS ${products})
  install(DIRECTORY ${out}/ DESTINATION lib/cairn/course/judge FILES_MATCHING PATTERN "*.o" PATTERN "*.a" PATTERN "*.gch" PATTERN "engine.txt" PATTERN "runtime" EXCLUDE)
  install(DIRECTORY ${course}/ DESTINATION share/cairn/course PATTERN machinery EXCLUDE PATTERN held_out EXCLUDE)
  install(DIRECTORY ${judge} DESTINATION share/cairn/course/machinery USE_SOURCE_PERMISSIONS)
endfunction()
