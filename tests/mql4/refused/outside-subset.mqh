#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   float a=0.0;
  }
#endif
// refused: outside-subset at 5:4
