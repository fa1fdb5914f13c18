#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void G(int &a)
  {
   a=1;
  }
void F(void)
  {
   G(1+1);
  }
#endif
// refused: reference-to-value at 9:6
