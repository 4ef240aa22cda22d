// slip: the number was changed in the wrong function: the 3 stands in the goal
// shows: goal() gives 3 instead of 0.2, learning_rate() still 0.001
// named: mutants/goal_moved.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() { return 0.001; }

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 3; }
