// slip: a division of whole numbers, 3 / 4 is 0, so nothing is trained
// shows: learning_rate() is 0 instead of 0.75, and the loss stays near 0.69
// named: mutants/whole_numbers.cpp
double learning_rate() { return 3 / 4; }

double goal() { return 0.2; }
