#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
template<typename T>
T F(T value)
  {
   return(value);
  }
#endif
// refused: template at 3:1
