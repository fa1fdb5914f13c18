#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
string F(const int n)
  {
   return("a"+n);
  }
#endif
// refused: implicit-text at 5:14
