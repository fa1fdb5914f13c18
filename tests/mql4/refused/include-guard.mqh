#define THING_V1_ONE 1
// refused: include-guard at 1:1
