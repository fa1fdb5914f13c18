#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
long F(const double a)
  {
   return(a);
  }
#endif
// refused: narrowing at 5:11
