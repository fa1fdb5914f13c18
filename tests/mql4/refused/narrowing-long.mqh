#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
double F(const long a)
  {
   return(a);
  }
#endif
// refused: narrowing at 5:11
