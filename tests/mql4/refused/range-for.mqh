#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(const int &a[])
  {
   for(int x : a)
      x=0;
  }
#endif
// refused: range-for at 5:14
