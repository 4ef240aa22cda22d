# cairn_lessons(): the program `cairn-lessons` of every lesson's figure.cpp and demo.cpp, and the target `cairn_figures`, which writes what
# pages show into course/ID of the build folder: numbers and figures (again when the lesson's sources or the library changed), and the output
# of the programs in lesson.md. `cairn` itself waits for none of it.

# The blocks ```cpp run of a lesson as files course/ID/blocks/N.cpp; touched only when they changed.
function(cairn_blocks out folder markdown)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${markdown})
  file(READ ${markdown} text)
  set(text "\n${text}")
  set(files "")
  set(number 0)
  while(TRUE)
    string(FIND "${text}" "\n```cpp run" begin)
    if(begin EQUAL -1)
      break()
    endif()
    math(EXPR begin "${begin} + 1")
    string(SUBSTRING "${text}" ${begin} -1 text)
    string(FIND "${text}" "\n" begin)
    string(FIND "${text}" "\n```" end)
    if(end LESS begin)
      break()                                          # `cairn course check` tells of a block without an end
    endif()
    math(EXPR begin "${begin} + 1")
    math(EXPR length "${end} + 1 - ${begin}")
    if(length LESS 0)
      set(length 0)
    endif()
    string(SUBSTRING "${text}" ${begin} ${length} code)
    math(EXPR end "${end} + 4")
    string(SUBSTRING "${text}" ${end} -1 text)
    math(EXPR number "${number} + 1")
    set(file ${folder}/blocks/${number}.cpp)
    set(before "")
    if(EXISTS ${file})
      file(READ ${file} before)
    endif()
    if(NOT "${code}" STREQUAL "${before}" OR NOT EXISTS ${file})
      file(WRITE ${file} "${code}")
    endif()
    list(APPEND files ${file})
  endwhile()
  set(${out} ${files} PARENT_SCOPE)
endfunction()

function(cairn_lessons)
  if(NOT TARGET cairn_recipes)
    return()
  endif()
  file(GLOB lessons CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/course/lessons/*/lesson.md)
  file(GLOB figures CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/course/lessons/*/figure.cpp)
  file(GLOB demos CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/course/lessons/*/demo.cpp)
  file(GLOB program CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/course/machinery/lessons/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/course/lessons/*/*.h)
  list(APPEND program ${CMAKE_SOURCE_DIR}/course/machinery/book.cpp)
  set(registries ${CMAKE_BINARY_DIR}/all_lesson_figures.cpp ${CMAKE_BINARY_DIR}/all_lesson_demos.cpp)
  cairn_registry(${CMAKE_BINARY_DIR}/all_lesson_figures.cpp course/machinery/figure.h LessonFigures all_lesson_figures
                 "^const LessonFigures ([A-Za-z0-9_]+)[ {=]" ${figures})
  cairn_registry(${CMAKE_BINARY_DIR}/all_lesson_demos.cpp course/machinery/figure.h LessonDemo all_lesson_demos
                 "^const LessonDemo ([A-Za-z0-9_]+)[ {=]" ${demos})
  add_library(cairn_lesson_objects OBJECT ${program} ${figures} ${demos} ${registries})
  target_link_libraries(cairn_lesson_objects PRIVATE cairn ${CAIRN_LINKS})
  cairn_cold(cairn_lesson_objects)                     # what takes time in figures lies in the library
  cairn_unity(cairn_lesson_objects)
  cairn_precompiled(cairn_lesson_objects cairn_metrics)
  add_executable(cairn_lessons $<TARGET_OBJECTS:cairn_lesson_objects> $<TARGET_OBJECTS:cairn_recipes>)
  set_target_properties(cairn_lessons PROPERTIES OUTPUT_NAME cairn-lessons LINKER_LANGUAGE CXX)
  target_link_libraries(cairn_lessons PRIVATE cairn)

  set(products "")
  foreach(file ${figures})
    get_filename_component(lesson ${file} DIRECTORY)
    get_filename_component(name ${lesson} NAME)
    string(REGEX REPLACE "-.*" "" id ${name})
    set(folder ${CMAKE_BINARY_DIR}/course/${id})
    set(of_lesson ${headers})
    list(FILTER of_lesson INCLUDE REGEX "^${lesson}/")
    # Of the program only the library counts: another lesson's change draws nothing anew.
    add_custom_command(OUTPUT ${folder}/figures.stamp
                       COMMAND cairn_lessons figures ${id} ${folder}
                       COMMAND ${CMAKE_COMMAND} -E touch ${folder}/figures.stamp
                       DEPENDS ${file} ${of_lesson} cairn ${program} COMMENT "figures of ${name}" VERBATIM)
    list(APPEND products ${folder}/figures.stamp)
  endforeach()
  foreach(file ${lessons})
    get_filename_component(lesson ${file} DIRECTORY)
    get_filename_component(name ${lesson} NAME)
    string(REGEX REPLACE "-.*" "" id ${name})
    set(folder ${CMAKE_BINARY_DIR}/course/${id})
    cairn_blocks(blocks ${folder} ${file})
    foreach(block ${blocks})
      get_filename_component(number ${block} NAME_WE)
      set(target cairn_block_${id}_${number})
      add_executable(${target} EXCLUDE_FROM_ALL ${block})
      set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${folder}/blocks OUTPUT_NAME ${number}.program)
      target_link_libraries(${target} PRIVATE cairn)
      # What it printed counts for the code that is copied beside it: a page can tell when the text has moved on.
      add_custom_command(OUTPUT ${folder}/blocks/${number}.out
                         COMMAND timeout 120 $<TARGET_FILE:${target}> > ${number}.out.new
                         COMMAND ${CMAKE_COMMAND} -E copy ${number}.cpp ${number}.ran.cpp
                         COMMAND ${CMAKE_COMMAND} -E rename ${number}.out.new ${number}.out
                         DEPENDS ${target} WORKING_DIRECTORY ${folder}/blocks COMMENT "program ${number} of ${name}" VERBATIM)
      list(APPEND products ${folder}/blocks/${number}.out)
    endforeach()
  endforeach()
  # Sanitizers and counters make minutes of seconds: there the figures are drawn when asked for.
  if(CAIRN_SANITIZE OR CAIRN_COVERAGE OR CAIRN_FUZZ)
    add_custom_target(cairn_figures DEPENDS ${products})
  else()
    add_custom_target(cairn_figures ALL DEPENDS ${products})
  endif()

  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/course)
  install(TARGETS cairn_lessons RUNTIME DESTINATION lib/cairn/course OPTIONAL)
  install(DIRECTORY ${CMAKE_BINARY_DIR}/course/ DESTINATION lib/cairn/course
          FILES_MATCHING PATTERN "numbers.json" PATTERN "figures/*.svg" PATTERN "figures/*.json" PATTERN "blocks/*.out" PATTERN "blocks/*.ran.cpp")
endfunction()
