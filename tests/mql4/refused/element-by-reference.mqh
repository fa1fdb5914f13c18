#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void G(int &a)
  {
   a=1;
  }
void F(int &a[])
  {
   G(a[0]);
  }
#endif
// refused: element-by-reference at 9:6
