#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   uint count=10u;
  }
#endif
// refused: literal-suffix at 5:15
