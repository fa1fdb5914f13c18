#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(int &a[],const int &b[])
  {
   a=b;
  }
#endif
// refused: array-copied at 5:4
