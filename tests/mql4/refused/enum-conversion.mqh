#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
enum ENUM_THING_V1 { THING_V1_A };
bool F(const ENUM_THING_V1 a)
  {
   return(a==0);
  }
#endif
// refused: enum-conversion at 6:12
