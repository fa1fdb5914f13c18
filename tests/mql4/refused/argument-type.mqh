#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void G(int &a)
  {
   a=1;
  }
void F(void)
  {
   long b=0;
   G(b);
  }
#endif
// refused: argument-type at 10:6
