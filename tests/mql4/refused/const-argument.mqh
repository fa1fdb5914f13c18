#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void G(int &a)
  {
   a=1;
  }
void F(const int b)
  {
   G(b);
  }
#endif
// refused: const-argument at 9:6
