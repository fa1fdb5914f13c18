#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
enum ENUM_THING_V1
  {
   THING_V1_A=0x7FFFFFFF,
   THING_V1_B
  };
#endif
// refused: constant-overflow at 6:4
