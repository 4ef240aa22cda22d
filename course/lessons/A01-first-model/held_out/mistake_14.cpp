// slip: the goal was moved to where the result is
// shows: goal() is 0.4 instead of 0.2, and rate 0.03 ends near 0.35
// named: mutants/goal_moved.cpp
// named: mutants/goal_moved_too.cpp
double learning_rate() {
  return 0.03;  // small steps are safe
}

// The loss that 300 steps have to get below.
double goal() { return 0.4; }
