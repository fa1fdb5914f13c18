#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   enum ENUM_LOCAL { LOCAL_A };
  }
#endif
// refused: nested-type at 5:4
