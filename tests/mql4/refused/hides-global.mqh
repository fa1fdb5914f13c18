#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
#define THING_V1_A 1
void F(void)
  {
   int THING_V1_A=0;
  }
#endif
// refused: hides-global at 6:8
