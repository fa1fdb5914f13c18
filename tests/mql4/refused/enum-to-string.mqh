#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
enum ENUM_THING_V1 { THING_V1_A };
string F(const ENUM_THING_V1 a)
  {
   return(EnumToString(a));
  }
#endif
// refused: enum-to-string at 6:11
